package org.ikebana.kernel.model;

import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;

/**
 * What carries the packets of a {@link KernelModel}. It is told of every change under the model's lock, in the order in
 * which they happen, those that undo others too.
 */
public interface DataPlane {
    /**
     * An SA is there. Its keys are wiped right after {@link #end}.
     *
     * @throws KernelException where it cannot be carried: the update fails
     */
    void begin(CompleteSa sa) throws KernelException;

    /** A soft limit was told; younger SAs are preferred from now on. */
    void dying(CompleteSa sa);

    /**
     * An SA has other ends from now on; it keeps its sequence numbers and its window. Policies that serve it are put anew
     * after this.
     */
    void moved(CompleteSa sa);

    void end(CompleteSa sa);

    /**
     * A policy is there, or another one under the same key.
     *
     * @param place among policies of the same priority: the lowest wins
     * @throws KernelException where its traffic cannot be got hold of: the update fails
     */
    void put(Policy policy, long place) throws KernelException;

    void remove(PolicyKey key);
}
