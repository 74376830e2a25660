package org.ikebana.ike.sa;

import java.time.Duration;

/** So many at once, and one more each interval in the long run. */
public final class Rate {
    private final int burst;
    private final long intervalNanos;
    private long fullAt;

    /** @param now in nanoseconds, of any origin */
    public Rate(int burst, Duration interval, long now) {
        this.burst = burst;
        this.intervalNanos = interval.toNanos();
        this.fullAt = now;
    }

    /** Whether one more is allowed, which counts then. */
    public boolean takes(long now) {
        long from = Math.max(0, fullAt - now);
        if (from + intervalNanos > burst * intervalNanos) {
            return false;
        }
        fullAt = now + from + intervalNanos;
        return true;
    }
}
