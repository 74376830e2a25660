package org.ikebana.ike.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.sa.Endpoints;

/** From where to where a connection is initiated. Names are looked up anew each time. */
final class PeerAddresses {
    private static final int STANDARD_NAT_PORT = 4500;

    private final Environment environment;
    private final IkeSettings settings;
    /** How many of a connection's addresses have had their turn. */
    private final Map<String, Integer> turns = new HashMap<>();

    /** Where to go, or why not. */
    sealed interface Answer {
        record Found(Endpoints endpoints) implements Answer {}

        record NotFound(Failure failure) implements Answer {}
    }

    PeerAddresses(Environment environment, IkeSettings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /** Whether there is anybody to begin with. */
    static boolean canInitiate(ConnectionConfig connection) {
        return connection.remoteAddresses().stream()
                .anyMatch(a -> a instanceof AddressSpec.Exact || a instanceof AddressSpec.Name);
    }

    /** The one whose turn it is, of several. There is none that an attempt can begin with: the next one's turn has come. */
    void next(ConnectionConfig connection, Consumer<Answer> answer) {
        find(connection, turns.getOrDefault(connection.name(), 0), found -> {
            if (found instanceof Answer.NotFound) {
                begun(connection);
            }
            answer.accept(found);
        });
    }

    /** An attempt has begun with the one whose turn it was, for all children that are waiting for it. */
    void begun(ConnectionConfig connection) {
        turns.merge(connection.name(), 1, Integer::sum);
    }

    /** The configuration has the connection no more, or another one. */
    void forget(ConnectionConfig connection) {
        turns.remove(connection.name());
    }

    /** Where a trap looks for the peer until it is heard of. */
    void first(ConnectionConfig connection, Consumer<Answer> answer) {
        find(connection, 0, answer);
    }

    private void find(ConnectionConfig connection, int turn, Consumer<Answer> answer) {
        List<AddressSpec> remotes = connection.remoteAddresses().stream()
                .filter(a -> a instanceof AddressSpec.Exact || a instanceof AddressSpec.Name)
                .toList();
        if (remotes.isEmpty()) {
            answer.accept(notFound(connection, "remote_addrs names no single address to begin with"));
            return;
        }
        switch (remotes.get(Math.floorMod(turn, remotes.size()))) {
            case AddressSpec.Exact exact -> answer.accept(route(connection, exact.address()));
            case AddressSpec.Name name ->
                environment.resolve(
                        name.host(),
                        addresses -> answer.accept(
                                addresses.isEmpty()
                                        ? notFound(connection, "the name " + name.host() + " has no address now")
                                        : route(connection, addresses.getFirst())));
            default -> throw new IllegalStateException("filtered above");
        }
    }

    private Answer route(ConnectionConfig connection, InetAddress remote) {
        InetAddress local;
        try {
            Optional<InetAddress> configured = connection.localAddresses().stream()
                    .filter(AddressSpec.Exact.class::isInstance)
                    .map(a -> ((AddressSpec.Exact) a).address())
                    .filter(a -> a.getClass() == remote.getClass())
                    .findFirst();
            local = configured.isPresent() ? configured.get() : environment.localAddressFor(remote);
        } catch (IOException e) {
            return notFound(connection, "no route to " + remote.getHostAddress() + ": " + e.getMessage());
        }
        return new Answer.Found(new Endpoints(
                new InetSocketAddress(local, localPort(connection)),
                new InetSocketAddress(remote, connection.remotePort())));
    }

    private int localPort(ConnectionConfig connection) {
        return connection.localPort() == STANDARD_NAT_PORT ? settings.natPort() : settings.port();
    }

    private static Answer notFound(ConnectionConfig connection, String sentence) {
        return new Answer.NotFound(new Failure.LocalFailure(
                sentence, Optional.ofNullable(connection.places().get("remote_addrs"))));
    }
}
