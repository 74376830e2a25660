package org.ikebana.ike.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;

/**
 * What children have carried, added up over all the SAs that they have had. News of an SA's end may come after it is missing in a
 * list, so that what was seen of it is kept for a while.
 */
public final class ChildTraffic {
    private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();
    private static final SaUsage NOTHING = new SaUsage(0, 0, Instant.EPOCH, Optional.empty());

    private final LongSupplier clock;
    private final Map<TunnelName, Total> totals = new HashMap<>();
    private final Map<SaKey, Seen> seen = new HashMap<>();
    private long tidied;

    /** @param at in nanoseconds of the clock */
    private record Seen(SaUsage usage, long at) {}

    /** @param clock in nanoseconds */
    public ChildTraffic(LongSupplier clock) {
        this.clock = clock;
        this.tidied = clock.getAsLong();
    }

    /** In octets and packets. */
    public record Total(long bytesIn, long packetsIn, long bytesOut, long packetsOut) {
        static final Total NONE = new Total(0, 0, 0, 0);

        Total plus(Total more) {
            return new Total(
                    bytesIn + more.bytesIn,
                    packetsIn + more.packetsIn,
                    bytesOut + more.bytesOut,
                    packetsOut + more.packetsOut);
        }
    }

    /** Takes in what its children have carried since they were last looked at. */
    public synchronized void look(IkeSaStatus ikeSa) {
        ikeSa.children().forEach(child -> look(ikeSa.name().connection(), child));
    }

    public synchronized void look(String connection, ChildSaStatus child) {
        SaUsage in = since(child.inbound(), child.inboundUsage().orElse(NOTHING));
        SaUsage out = since(child.outbound(), child.outboundUsage().orElse(NOTHING));
        totals.merge(
                new TunnelName(connection, child.config().name()),
                new Total(in.bytes(), in.packets(), out.bytes(), out.packets()),
                Total::plus);
        tidy();
    }

    public synchronized Total of(TunnelName name) {
        return totals.getOrDefault(name, Total.NONE);
    }

    /** Forgets what is configured no more. */
    public synchronized void keepOnly(Collection<TunnelName> names) {
        totals.keySet().retainAll(names);
    }

    /** How many SAs. */
    synchronized int remembered() {
        return seen.size();
    }

    private SaUsage since(SaKey key, SaUsage now) {
        long time = clock.getAsLong();
        Seen before = seen.getOrDefault(key, new Seen(NOTHING, time));
        seen.put(key, new Seen(now.packets() > before.usage().packets() ? now : before.usage(), time));
        return new SaUsage(
                Math.max(0, now.bytes() - before.usage().bytes()),
                Math.max(0, now.packets() - before.usage().packets()),
                now.added(),
                now.lastUsed());
    }

    private void tidy() {
        long now = clock.getAsLong();
        if (now - tidied > KEPT_NANOS) {
            tidied = now;
            seen.values().removeIf(last -> now - last.at() > KEPT_NANOS);
        }
    }
}
