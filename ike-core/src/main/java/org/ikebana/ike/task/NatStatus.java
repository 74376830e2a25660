package org.ikebana.ike.task;

/**
 * What NAT detection has found on a path (RFC 7296 2.23).
 *
 * @param supported the peer takes part in it
 * @param local we are behind a NAT: its mapping is ours to keep alive
 * @param remote the peer is
 */
public record NatStatus(boolean supported, boolean local, boolean remote) {
    public static final NatStatus UNKNOWN = new NatStatus(false, false, false);

    /** ESP goes in UDP. */
    public boolean detected() {
        return local || remote;
    }

    /** Whether the peer may be found at another address or port from one packet to the next, and we may not. */
    public boolean mayPeerMove() {
        return remote && !local;
    }
}
