package org.ikebana.page;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ikebana.ike.control.TunnelName;

/** For how long tunnels have been up or not; a rekey changes nothing about that. Thread-safe. */
final class StateTimes {
    private final LongSupplier clock;
    private final Map<TunnelName, Entry> entries = new HashMap<>();

    private record Entry(boolean up, long since) {}

    /** @param clock in nanoseconds */
    StateTimes(LongSupplier clock) {
        this.clock = clock;
    }

    /** One of its pairs has gone; whether another one is left is seen when it is looked at next. */
    synchronized void down(TunnelName tunnel) {
        entries.put(tunnel, new Entry(false, clock.getAsLong()));
    }

    /**
     * For how long it is what it is now; what is not up counts from when it has gone, or has been looked at first.
     *
     * @param age of the pair that is at work; empty where it is not up
     */
    synchronized Duration of(TunnelName tunnel, Optional<Duration> age) {
        long now = clock.getAsLong();
        Entry seen = new Entry(age.isPresent(), now - age.orElse(Duration.ZERO).toNanos());
        Entry entry = entries.merge(tunnel, seen, (old, fresh) -> old.up() == fresh.up() ? old : fresh);
        return Duration.ofNanos(now - entry.since());
    }

    /** Forgets what is configured no more. */
    synchronized void keepOnly(Collection<TunnelName> names) {
        entries.keySet().retainAll(names);
    }
}
