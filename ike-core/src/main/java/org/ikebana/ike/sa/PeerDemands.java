package org.ikebana.ike.sa;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a peer that has proved who it is may ask for. Each request costs us something: of whoever asks without end not all are
 * looked at, so that nobody else has to wait. Goes on with the IKE SA when it is rekeyed.
 */
final class PeerDemands {
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Rate requests;
    /** Null until there is something to warn of. */
    private @Nullable Rate warnings;

    /**
     * @param atOnce after a long pause
     * @param aSecond in the long run
     * @param now in nanoseconds of the environment's clock
     */
    PeerDemands(int atOnce, int aSecond, long now) {
        this.requests = new Rate(atOnce, Duration.ofSeconds(1).dividedBy(aSecond), now);
    }

    /** Whether one more would be looked at. */
    boolean allows(long now) {
        return requests.allows(now);
    }

    /** Whether one more is looked at, which counts then. */
    boolean takes(long now) {
        return requests.takes(now);
    }

    /** Whether people are to hear that one was not. */
    boolean warns(long now) {
        Rate known = warnings == null ? new Rate(1, BETWEEN_WARNINGS, now) : warnings;
        warnings = known;
        return known.takes(now);
    }
}
