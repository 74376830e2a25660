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

    /** Whether one more would be allowed. */
    public boolean allows(long now) {
        return ahead(now) + intervalNanos <= burst * intervalNanos;
    }

    /** Whether one more is allowed, which counts then. */
    public boolean takes(long now) {
        boolean isAllowed = allows(now);
        if (isAllowed) {
            fullAt = now + ahead(now) + intervalNanos;
        }
        return isAllowed;
    }

    private long ahead(long now) {
        return Math.max(0, fullAt - now);
    }
}
