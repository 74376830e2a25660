package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;

/** Whether each connection has a key, and each key a connection. */
final class SecretChecks {
    private final List<OwnedKey> keys;
    private final Problems problems;

    SecretChecks(List<OwnedKey> keys, Problems problems) {
        this.keys = keys;
        this.problems = problems;
    }

    void check(List<ConnectionConfig> connections) {
        // Most keys and connections find each other by name at once; only the others are compared one by one.
        Set<Identity> owners =
                keys.stream().flatMap(key -> key.key().owners().stream()).collect(Collectors.toSet());
        Set<Identity> peers =
                connections.stream().flatMap(SecretChecks::identities).collect(Collectors.toSet());
        connections.stream()
                .filter(SecretChecks::usesSharedKey)
                .filter(connection -> identities(connection).noneMatch(owners::contains))
                .filter(connection -> keys.stream().noneMatch(key -> mayServe(key.key(), connection)))
                .forEach(this::keyless);
        keys.stream()
                .filter(key -> key.key().owners().stream().noneMatch(peers::contains))
                .filter(key -> connections.stream().noneMatch(connection -> mayServe(key.key(), connection)))
                .forEach(key -> problems.warning(
                        key.place(), "no connection uses this key", "check its id against the connections"));
    }

    private static boolean usesSharedKey(ConnectionConfig connection) {
        return Stream.of(connection.local(), connection.remote())
                .flatMap(side -> side.rounds().stream())
                .anyMatch(round -> round.method() == AuthConfig.Method.PSK);
    }

    private void keyless(ConnectionConfig connection) {
        problems.warning(
                connection.place(""),
                "there is no secret for " + local(connection) + " and " + remote(connection),
                "add one: secrets { ike-" + connection.name() + " { id = ..., secret = ... } }");
    }

    private static Stream<Identity> identities(ConnectionConfig connection) {
        return Stream.of(connection.local(), connection.remote())
                .flatMap(side -> side.rounds().stream())
                .map(AuthConfig::id);
    }

    /** Whether the key may be the one for the connection; who is unknown before he comes may be its owner. */
    private static boolean mayServe(SharedKey key, ConnectionConfig connection) {
        Identity remote = connection.remote().id();
        if (key.owners().isEmpty() || remote.equals(Identity.ANY)) {
            return true;
        }
        List<Identity> own = own(connection);
        return own.isEmpty()
                || key.owners().stream()
                        .anyMatch(owner -> owner.matches(remote)
                                || remote.matches(owner)
                                || own.stream().anyMatch(identity -> identity.matches(owner)));
    }

    /** The local identities there can be: the one given, or the addresses; empty if they are not known either. */
    private static List<Identity> own(ConnectionConfig connection) {
        if (!connection.local().id().equals(Identity.ANY)) {
            return List.of(connection.local().id());
        }
        List<Identity> addresses = connection.localAddresses().stream()
                .filter(AddressSpec.Exact.class::isInstance)
                .map(AddressSpec.Exact.class::cast)
                .map(exact -> Identity.ofAddress(exact.address()))
                .toList();
        return addresses.size() == connection.localAddresses().size() ? addresses : List.of();
    }

    private static String local(ConnectionConfig connection) {
        List<Identity> own = own(connection);
        return own.isEmpty() ? "its own address" : Quote.of(own.getFirst().toString());
    }

    private static String remote(ConnectionConfig connection) {
        Identity remote = connection.remote().id();
        return remote.equals(Identity.ANY) ? "anybody" : Quote.of(remote.toString());
    }
}
