package org.ikebana.ike.task;

/** What IKE fragmentation is used for with a peer (RFC 7383 2.3, 2.4). */
public enum FragmentUse {
    /** One of the two does not have it, or is not to use it. */
    NONE,
    /** The peer may send fragments; our own messages stay whole. */
    RECEIVING,
    /** Long messages go in fragments both ways. */
    BOTH_WAYS;

    public boolean receives() {
        return this != NONE;
    }

    public boolean sends() {
        return this == BOTH_WAYS;
    }
}
