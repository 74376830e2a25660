package org.ikebana.kernel.model;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;

/** The SAD (RFC 4301 4.4.2): found by what a packet carries, or by the reqid of a template. */
public final class SaDatabase {
    private static final Spi ACQUIRE = new Spi(0);

    private final Set<SaEntry> entries = new LinkedHashSet<>();
    private final Map<WireId, List<SaEntry>> byWireId = new HashMap<>();
    private final Map<Integer, List<SaEntry>> byReqid = new HashMap<>();

    int size() {
        return entries.size();
    }

    public boolean contains(SaEntry entry) {
        return entries.contains(entry);
    }

    List<SaEntry> all() {
        return List.copyOf(entries);
    }

    void add(SaEntry entry) {
        entries.add(entry);
        byWireId.computeIfAbsent(WireId.of(entry.key()), id -> new ArrayList<>())
                .add(entry);
        byReqid.computeIfAbsent(entry.reqid(), id -> new ArrayList<>()).add(entry);
    }

    void remove(SaEntry entry) {
        if (entries.remove(entry)) {
            removeFrom(byWireId, WireId.of(entry.key()), entry);
            removeFrom(byReqid, entry.reqid(), entry);
        }
    }

    /**
     * The SA that a packet with this mark means. An SA answers to every mark that its own mask reduces to its value, so
     * one without mark answers to all.
     */
    public Optional<SaEntry> find(InetAddress destination, Spi spi, SaProtocol protocol, int mark) {
        return byWireId.getOrDefault(new WireId(destination, spi, protocol), List.of()).stream()
                .filter(entry -> entry.key().mark().matches(mark))
                .findFirst();
    }

    /** The SA that a request means, by the same rule. */
    Optional<SaEntry> find(SaKey key) {
        return find(key.destination(), key.spi(), key.protocol(), value(key.mark()));
    }

    boolean isSpiTaken(InetAddress destination, Spi spi, SaProtocol protocol) {
        return byWireId.containsKey(new WireId(destination, spi, protocol));
    }

    /** In the order in which they were added. */
    public Stream<CompleteSa> complete(int reqid) {
        return byReqid.getOrDefault(reqid, List.of()).stream().mapMulti((entry, sink) -> {
            if (entry instanceof CompleteSa sa) {
                sink.accept(sa);
            }
        });
    }

    Stream<LarvalSa> larval(int reqid) {
        return byReqid.getOrDefault(reqid, List.of()).stream().mapMulti((entry, sink) -> {
            if (entry instanceof LarvalSa sa) {
                sink.accept(sa);
            }
        });
    }

    /** The open ACQUIRE that this SA answers: by its number, or else by having just what was asked for. */
    Optional<LarvalSa> answeredBy(CompleteSa sa) {
        WireId sameEnd = new WireId(sa.key().destination(), ACQUIRE, sa.key().protocol());
        List<LarvalSa> open = byWireId.getOrDefault(sameEnd, List.of()).stream()
                .map(LarvalSa.class::cast)
                .toList();
        Predicate<LarvalSa> byNumber =
                larval -> larval.acquireSeq() == sa.installed().acquireSeq();
        Predicate<LarvalSa> byRequirements = larval -> larval.wantsOneLike(sa);
        return Stream.of(byNumber, byRequirements)
                .flatMap(rule -> open.stream().filter(rule))
                .findFirst();
    }

    static int value(Mark mark) {
        return mark.value() & mark.mask();
    }

    private static <K> void removeFrom(Map<K, List<SaEntry>> index, K key, SaEntry entry) {
        List<SaEntry> list = index.getOrDefault(key, List.of());
        if (list.size() > 1) {
            list.remove(entry);
        } else {
            index.remove(key);
        }
    }

    /** What a packet of an SA shows (RFC 4301 4.1). */
    private record WireId(InetAddress destination, Spi spi, SaProtocol protocol) {
        static WireId of(SaKey key) {
            return new WireId(key.destination(), key.spi(), key.protocol());
        }
    }
}
