package org.ikebana.kernel.model;

import java.util.Optional;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.PolicySelector;

/** Asks the key manager for the SAs that packets lack. */
public final class Acquires {
    private final KernelState kernel;
    private int lastSeq;

    Acquires(KernelState kernel) {
        this.kernel = kernel;
    }

    /** Raises an ACQUIRE, unless one is open. */
    public AcquireOutcome ask(Wanted wanted, PolicySelector packet) {
        Optional<LarvalSa> open = kernel.sas()
                .larval(wanted.template().reqid())
                .filter(wanted::fits)
                .findFirst();
        if (open.isPresent()) {
            return new AcquireOutcome.Asked(open.get().acquireSeq());
        }
        if (!kernel.events().isHeard()) {
            return new AcquireOutcome.NoKeyManager();
        }
        if (kernel.isFull()) {
            return new AcquireOutcome.TooManySas();
        }
        LarvalSa larval = wanted.larval(nextSeq(), kernel.clock().now());
        kernel.lifecycle().begin(larval, kernel.options().larvalLifetime());
        kernel.events()
                .raise(new KernelEvent.Acquire(
                        larval.reqid(),
                        larval.acquireSeq(),
                        packet,
                        larval.source(),
                        larval.key().destination(),
                        larval.key().protocol()));
        return new AcquireOutcome.Asked(larval.acquireSeq());
    }

    private int nextSeq() {
        lastSeq = lastSeq == -1 ? 1 : lastSeq + 1;
        return lastSeq;
    }
}
