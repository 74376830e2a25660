package org.ikebana.kernel.model;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What has passed an SA. Packets may be counted by several threads. */
public final class SaCounters {
    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong packets = new AtomicLong();
    private volatile long lastUsedMilliseconds = NEVER;

    /** @param now in milliseconds since 1970 */
    public void count(int morePackets, long moreBytes, long now) {
        packets.getAndAdd(morePackets);
        bytes.getAndAdd(moreBytes);
        lastUsedMilliseconds = now;
    }

    public long bytes() {
        return bytes.get();
    }

    public long packets() {
        return packets.get();
    }

    Optional<Instant> lastUsed() {
        long last = lastUsedMilliseconds;
        return last == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last));
    }
}
