package org.ikebana.ike.sa;

import org.ikebana.ike.task.ChildSelectors;

/** Policies that a child has in the kernel whether or not it has SAs. */
public sealed interface StandingPolicies permits Trap, Shunt {
    /** 0 where no SA is meant. */
    int reqid();

    ChildSelectors selectors();

    /** Whether they are as they should be for an IKE SA between these ends. */
    boolean hasAddressesOf(Endpoints others);

    void remove();
}
