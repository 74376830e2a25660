package org.ikebana.ike.engine;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.sa.Candidates;
import org.ikebana.ike.ts.TrafficSelector;

/** The configured connections, and which of them a pair of addresses may belong to. */
final class ConnectionTable {
    private static final int NO_MATCH = -1;

    /** Pairs of addresses whose connections are remembered: a handshake asks for them several times. */
    private static final int MOST_REMEMBERED = 256;

    private final Map<String, ConnectionConfig> byName = new LinkedHashMap<>();
    private final AddressIndex byAddresses = new AddressIndex();
    /** Which one was configured before which. */
    private final Map<String, Long> places = new HashMap<>();

    private long nextPlace;

    private final Map<Ends, Candidates> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ends, Candidates> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Ends(InetAddress local, InetAddress remote) {}

    private record Match(ConnectionConfig connection, int quality, long place) {
        static final Comparator<Match> BEST_FIRST =
                Comparator.comparingInt(Match::quality).reversed().thenComparingLong(Match::place);
    }

    Optional<ConnectionConfig> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<ConnectionConfig> all() {
        return List.copyOf(byName.values());
    }

    void put(ConnectionConfig connection) {
        ConnectionConfig before = byName.put(connection.name(), connection);
        if (before != null) {
            byAddresses.remove(before);
        }
        byAddresses.add(connection);
        places.computeIfAbsent(connection.name(), name -> nextPlace++);
        remembered.clear();
    }

    void remove(String name) {
        ConnectionConfig before = byName.remove(name);
        if (before != null) {
            byAddresses.remove(before);
            places.remove(name);
        }
        remembered.clear();
    }

    /** Those whose addresses fit, the most specific first. */
    Candidates candidates(InetAddress local, InetAddress remote) {
        Ends ends = new Ends(local, remote);
        Candidates known = remembered.get(ends);
        if (known == null) {
            known = find(local, remote);
            remembered.put(ends, known);
        }
        return known;
    }

    private Candidates find(InetAddress local, InetAddress remote) {
        List<Match> matches = new ArrayList<>();
        for (ConnectionConfig connection : byAddresses.near(local, remote)) {
            if (connection.isOfShunts()) {
                continue;
            }
            int ours = quality(connection.localAddresses(), local);
            int theirs = quality(connection.remoteAddresses(), remote);
            if (ours != NO_MATCH && theirs != NO_MATCH) {
                matches.add(new Match(connection, ours + theirs, places.getOrDefault(connection.name(), 0L)));
            }
        }
        matches.sort(Match.BEST_FIRST);
        boolean mayBeAnybody =
                matches.stream().anyMatch(match -> match.connection.remote().method() == AuthConfig.Method.NULL);
        return new Candidates(
                matches.stream().map(Match::connection).toList(), mayBeAnybody ? owner(remote) : Optional.empty());
    }

    /** The connection with a peer that has to prove itself before it gets the traffic of this address. */
    private Optional<String> owner(InetAddress address) {
        return byName.values().stream()
                .filter(connection -> connection.remote().method() != AuthConfig.Method.NULL)
                .filter(connection -> connection.tunnels().stream()
                        .flatMap(child -> child.remoteSelectors().stream())
                        .anyMatch(selector -> selector instanceof SelectorSpec.Fixed fixed
                                && TrafficSelector.ofAddress(address).overlaps(fixed.selector())))
                .map(ConnectionConfig::name)
                .findFirst();
    }

    private static int quality(List<AddressSpec> specs, InetAddress address) {
        int best = NO_MATCH;
        for (AddressSpec spec : specs) {
            best = Math.max(best, quality(spec, address));
        }
        return best;
    }

    /** A name is not looked up for a peer that comes by itself: its identity decides. */
    private static int quality(AddressSpec spec, InetAddress address) {
        return switch (spec) {
            case AddressSpec.Exact exact -> exact.address().equals(address) ? 8 : NO_MATCH;
            case AddressSpec.Range range -> contains(range, address) ? 4 : NO_MATCH;
            case AddressSpec.Name name -> 1;
            case AddressSpec.Any any -> 0;
        };
    }

    private static boolean contains(AddressSpec.Range range, InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] first = range.first().getAddress();
        byte[] last = range.last().getAddress();
        return octets.length == first.length
                && Arrays.compareUnsigned(first, octets) <= 0
                && Arrays.compareUnsigned(octets, last) <= 0;
    }
}
