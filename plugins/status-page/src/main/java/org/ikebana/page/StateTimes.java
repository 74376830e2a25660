package org.ikebana.page;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.ikebana.ike.control.Tunnel;
import org.ikebana.ike.control.TunnelName;
import org.ikebana.ike.sa.ChildSaStatus;

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
    synchronized void down(String connection, ChildSaStatus child) {
        entries.put(new TunnelName(connection, child.config().name()), new Entry(false, clock.getAsLong()));
    }

    /** As it is now; one that is not up counts from when it has been looked at first. */
    synchronized Duration of(Tunnel tunnel) {
        long now = clock.getAsLong();
        boolean up = tunnel.pair().isPresent();
        long age = tunnel.pair().map(pair -> pair.child().age().toNanos()).orElse(0L);
        Entry entry =
                entries.merge(tunnel.name(), new Entry(up, now - age), (old, fresh) -> old.up() == up ? old : fresh);
        return Duration.ofNanos(now - entry.since());
    }

    /** Forgets what is configured no more. */
    synchronized void keepOnly(Collection<TunnelName> names) {
        entries.keySet().retainAll(names);
    }
}
