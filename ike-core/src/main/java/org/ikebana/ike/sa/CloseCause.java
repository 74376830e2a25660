package org.ikebana.ike.sa;

/** Why an SA went. */
public enum CloseCause {
    /** A command, or the end of the daemon. */
    LOCAL("closed here"),
    /** The peer sent a Delete payload. */
    PEER("deleted by the peer"),
    /** It was never authenticated, or could not go on. */
    FAILED("failed"),
    /** The peer does not answer any more. */
    DEAD_PEER("the peer does not answer"),
    /** The peer has proven that it knows nothing of it any more (RFC 6290). */
    CRASHED("the peer has lost its state: it was started anew"),
    /** A hard limit of the kernel. */
    EXPIRED("its lifetime is over"),
    /** A newer IKE SA with the same peer takes its place. */
    REPLACED("replaced by a newer one"),
    /** Another SA with fresh keys goes on where this one ends. */
    REKEYED("rekeyed"),
    /** In transport mode, where the SA's addresses are the traffic's own, and the IKE SA has others now. */
    MOVED("its addresses are not those of the IKE SA any more"),
    /** Another IKE SA with the same peer, negotiated from scratch, has its children. */
    REAUTHENTICATED("reauthenticated"),
    /** The peer says that it has no such SA (CHILD_SA_NOT_FOUND); another one is being made. */
    LOST("the peer has lost it"),
    /** Nothing has gone through it for as long as {@code inactivity} allows. */
    IDLE("nothing has gone through it for the time of inactivity"),
    /** Both ends had begun at once, and the other SA goes on. */
    REDUNDANT("another one serves the same purpose");

    private final String words;

    CloseCause(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Nobody has wanted it: a child that is wanted is asked for without a pause. */
    public boolean callsForAnotherAtOnce() {
        return this == EXPIRED || this == DEAD_PEER || this == CRASHED || this == MOVED;
    }
}
