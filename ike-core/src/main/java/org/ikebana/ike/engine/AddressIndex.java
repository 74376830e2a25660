package org.ikebana.ike.engine;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionConfig;

/**
 * Connections by their two addresses, as far as these are written down one by one, so that ten thousand of them are not gone
 * through for each peer that comes. Ranges, names and {@code %any} stand for any address: whoever asks looks closer.
 */
final class AddressIndex {
    private final Map<Pair, List<ConnectionConfig>> byPair = new HashMap<>();

    /** Empty for what is not one address. */
    private record Pair(Optional<InetAddress> local, Optional<InetAddress> remote) {}

    void add(ConnectionConfig connection) {
        pairs(connection)
                .forEach(pair ->
                        byPair.computeIfAbsent(pair, p -> new ArrayList<>(1)).add(connection));
    }

    void remove(ConnectionConfig connection) {
        pairs(connection)
                .forEach(pair -> byPair.computeIfPresent(pair, (p, connections) -> {
                    connections.removeIf(other -> other == connection);
                    return connections.isEmpty() ? null : connections;
                }));
    }

    /** Those that may be meant, and some that are not, each once. */
    Set<ConnectionConfig> near(InetAddress local, InetAddress remote) {
        Set<ConnectionConfig> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Optional<InetAddress> ours : List.of(Optional.of(local), Optional.<InetAddress>empty())) {
            for (Optional<InetAddress> theirs : List.of(Optional.of(remote), Optional.<InetAddress>empty())) {
                found.addAll(byPair.getOrDefault(new Pair(ours, theirs), List.of()));
            }
        }
        return found;
    }

    private static Stream<Pair> pairs(ConnectionConfig connection) {
        return places(connection.localAddresses())
                .flatMap(local -> places(connection.remoteAddresses()).map(remote -> new Pair(local, remote)));
    }

    private static Stream<Optional<InetAddress>> places(List<AddressSpec> specs) {
        return specs.stream()
                .map(spec -> spec instanceof AddressSpec.Exact exact
                        ? Optional.of(exact.address())
                        : Optional.<InetAddress>empty())
                .distinct();
    }
}
