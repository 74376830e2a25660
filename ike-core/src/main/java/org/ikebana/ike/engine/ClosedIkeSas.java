package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.wire.IkeHeader;

/**
 * The latest IKE SAs that have ended: a peer whose last request, a Delete as a rule, was answered in vain because the answer was
 * lost gets it again (RFC 7296 2.1). Their keys are wiped; only the octets of the reply are left.
 */
final class ClosedIkeSas {
    private static final int MOST = 256;

    /** Longer than a peer repeats a request. */
    private static final Duration MEMORY = Duration.ofMinutes(4);

    private final Environment environment;
    private final Map<Long, Entry> bySpi = new LinkedHashMap<>();

    private record Entry(IkeSa ikeSa, long closedAt) {}

    ClosedIkeSas(Environment environment) {
        this.environment = environment;
    }

    void add(IkeSa ikeSa) {
        if (!ikeSa.hasReplied()) {
            return;
        }
        bySpi.put(ikeSa.id().ownSpi(), new Entry(ikeSa, environment.nanoTime()));
        var oldest = bySpi.values().iterator();
        for (Entry entry = oldest.next(); bySpi.size() > MOST || isOver(entry); entry = oldest.next()) {
            oldest.remove();
        }
    }

    /** False if the datagram repeats no request to one of them. */
    boolean answers(Datagram datagram, IkeHeader header) {
        Entry entry = bySpi.get(header.initiator() ? header.responderSpi() : header.initiatorSpi());
        return entry != null && !isOver(entry) && entry.ikeSa.repeats(datagram, header);
    }

    private boolean isOver(Entry entry) {
        return environment.nanoTime() - entry.closedAt > MEMORY.toNanos();
    }
}
