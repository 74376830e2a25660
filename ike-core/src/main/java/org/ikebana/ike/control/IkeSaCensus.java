package org.ikebana.ike.control;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.ike.sa.StatusReader;

/**
 * How all IKE SAs are, read a few in each turn of the event loop. Those that come in the meantime are read, too, and those that
 * go are left out, so that a connection which has one at any time is among them, rekeyed or not, and so is a child that goes over
 * from one to another.
 */
public final class IkeSaCensus {
    /** IKE SAs that are looked at in one turn of the event loop. */
    private static final int AT_ONCE = 50;

    /** Enough for those that come while the ones before are read; where more come each time, the rest is left out. */
    private static final int ROUNDS = 10;

    private IkeSaCensus() {}

    public static List<IkeSaStatus> of(EngineQuestions engine) throws InterruptedException {
        return of(engine, AT_ONCE);
    }

    /** @param atOnce IKE SAs that are looked at in one turn of the event loop */
    public static List<IkeSaStatus> of(EngineQuestions engine, int atOnce) throws InterruptedException {
        Map<IkeSa, IkeSaStatus> read = new HashMap<>();
        boolean childrenMoved = false;
        for (int round = 0; round < ROUNDS; round++) {
            Set<IkeSa> there = new HashSet<>(engine.ask(e -> e.ikeSas()));
            childrenMoved |= read.keySet().retainAll(there);
            if (childrenMoved) {
                read.values().removeIf(IkeSaCensus::mayHaveInherited);
            }
            there.removeAll(read.keySet());
            if (there.isEmpty()) {
                break;
            }
            Map<IkeSa, IkeSaStatus> more = new HashMap<>();
            List<IkeSa> unread = List.copyOf(there);
            for (int from = 0; from < unread.size(); from += atOnce) {
                List<IkeSa> part = unread.subList(from, Math.min(unread.size(), from + atOnce));
                more.putAll(engine.ask(e -> read(e.statusReader(), part)));
            }
            childrenMoved = more.size() < unread.size()
                    || more.values().stream().anyMatch(ikeSa -> ikeSa.stage() == IkeSaStatus.Stage.REKEYED);
            read.putAll(more);
        }
        return List.copyOf(read.values());
    }

    /** Where both ends rekeyed at once there is a successor before the children are its (RFC 7296 2.8.2). */
    private static boolean mayHaveInherited(IkeSaStatus ikeSa) {
        return ikeSa.stage() == IkeSaStatus.Stage.ESTABLISHED
                && ikeSa.children().isEmpty();
    }

    /** Without those that have gone meanwhile. */
    private static Map<IkeSa, IkeSaStatus> read(StatusReader reader, List<IkeSa> ikeSas) {
        Map<IkeSa, IkeSaStatus> read = new HashMap<>();
        ikeSas.stream().filter(sa -> !sa.isClosed()).forEach(sa -> read.put(sa, reader.read(sa)));
        return read;
    }
}
