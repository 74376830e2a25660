package org.ikebana.ike.sa;

import java.time.Duration;

/**
 * How often the last reply is said again where its request is repeated (RFC 7296 2.1). Whoever has heard the request can repeat it, as
 * often as they like and from any address. What goes to the peer's address and what goes elsewhere is bounded apart: neither takes
 * the other's.
 */
final class RepeatedReplies {
    private static final int AT_ONCE = 20;

    private final Rate toPeer;
    private final Rate elsewhere;

    /**
     * @param aSecond in the long run, to either
     * @param now in nanoseconds of the environment's clock
     */
    RepeatedReplies(int aSecond, long now) {
        Duration interval = Duration.ofSeconds(1).dividedBy(aSecond);
        this.toPeer = new Rate(AT_ONCE, interval, now);
        this.elsewhere = new Rate(AT_ONCE, interval, now);
    }

    /** Whether it is said once more, which counts then. */
    boolean takes(boolean isToPeer, long now) {
        return (isToPeer ? toPeer : elsewhere).takes(now);
    }
}
