package org.ikebana.ike.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.ike.sa.StatusReader;

/**
 * How all IKE SAs are, read a few in each turn of the event loop. Those that come in the meantime are read, too, and those that
 * go are left out, so that a connection which has one at any time is among them, rekeyed or not.
 */
final class Census {
    /** IKE SAs that are looked at in one turn of the event loop. */
    private static final int AT_ONCE = 50;

    /** Enough for those that come while the ones before are read; where more come each time, the rest is left out. */
    private static final int ROUNDS = 10;

    private Census() {}

    static List<IkeSaStatus> of(IkeService service) throws InterruptedException {
        Map<IkeSa, IkeSaStatus> read = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Set<IkeSa> there = new HashSet<>(service.ask(IkeEngine::ikeSas));
            read.keySet().retainAll(there);
            there.removeAll(read.keySet());
            if (there.isEmpty()) {
                break;
            }
            List<IkeSa> unread = List.copyOf(there);
            for (int from = 0; from < unread.size(); from += AT_ONCE) {
                List<IkeSa> part = unread.subList(from, Math.min(unread.size(), from + AT_ONCE));
                read.putAll(service.ask(engine -> read(engine.statusReader(), part)));
            }
        }
        return List.copyOf(read.values());
    }

    /** Without those that have gone meanwhile. */
    private static Map<IkeSa, IkeSaStatus> read(StatusReader reader, List<IkeSa> ikeSas) {
        Map<IkeSa, IkeSaStatus> read = new HashMap<>();
        ikeSas.stream().filter(sa -> !sa.isClosed()).forEach(sa -> read.put(sa, reader.read(sa)));
        return read;
    }
}
