package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.connection.Fragmentation;

/** What IKE fragmentation is used for with a peer (RFC 7383 2.3, 2.4). */
public enum FragmentUse {
    /** One of the two does not have it, or is not to use it. */
    NONE,
    /** The peer may send fragments; our own messages stay whole. */
    RECEIVING,
    /** Long messages go in fragments both ways. */
    BOTH_WAYS;

    /**
     * What this side would use it for.
     *
     * @param configured of the connection, or of all that a responder may yet be talking on
     */
    public static FragmentUse wanted(List<Fragmentation> configured) {
        if (configured.stream().anyMatch(f -> f == Fragmentation.YES || f == Fragmentation.FORCE)) {
            return BOTH_WAYS;
        }
        return configured.contains(Fragmentation.ACCEPT) ? RECEIVING : NONE;
    }

    /** @param isAgreed the peer has it, too */
    public FragmentUse where(boolean isAgreed) {
        return isAgreed ? this : NONE;
    }

    public boolean receives() {
        return this != NONE;
    }

    public boolean sends() {
        return this == BOTH_WAYS;
    }
}
