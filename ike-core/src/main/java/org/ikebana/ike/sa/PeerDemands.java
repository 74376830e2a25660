package org.ikebana.ike.sa;

import java.time.Duration;

/**
 * How many CREATE_CHILD_SA requests a peer may make. Each costs us a key exchange, SAs in the kernel, or both: an authentic peer
 * that asks without end is told to wait (RFC 7296 2.25), and nobody else has to. Goes on with the IKE SA when it is rekeyed.
 */
final class PeerDemands {
    /** All children that an IKE SA may have, at once after the start, and some more. */
    private static final int BURST = 600;

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Rate requests;
    private final Rate warnings;

    /**
     * @param aSecond in the long run
     * @param now in nanoseconds of the environment's clock
     */
    PeerDemands(int aSecond, long now) {
        this.requests = new Rate(BURST, Duration.ofSeconds(1).dividedBy(aSecond), now);
        this.warnings = new Rate(1, BETWEEN_WARNINGS, now);
    }

    /** Whether one more is looked at, which counts then. */
    boolean takes(long now) {
        return requests.takes(now);
    }

    /** Whether people are to hear that one was not. */
    boolean warns(long now) {
        return warnings.takes(now);
    }
}
