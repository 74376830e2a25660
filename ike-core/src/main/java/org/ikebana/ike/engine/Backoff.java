package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Ever longer waits between attempts, with jitter so that many tunnels do not knock at once. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 6;

    private int failures;

    void reset() {
        failures = 0;
    }

    /** The wait after one more failure: 2 s, doubled each time up to 128 s, half of it to all of it by chance. */
    Duration next(RandomGenerator random) {
        long nanos = FIRST.toNanos() << Math.min(failures++, MAX_DOUBLINGS);
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }
}
