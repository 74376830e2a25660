package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.task.ExchangeException;

/**
 * The connections that a responder may yet be talking on: those whose addresses fit, until IDi and IDr tell which one
 * it is (RFC 7296 2.15).
 */
public record Candidates(List<ConnectionConfig> connections) {
    public Candidates {
        connections = List.copyOf(connections);
    }

    /** What any of them allows. */
    List<Proposal> proposals() {
        Set<Proposal> proposals = new LinkedHashSet<>();
        connections.forEach(c -> proposals.addAll(c.proposals()));
        return List.copyOf(proposals);
    }

    /** What the peer may have to be. */
    List<AuthConfig> remotes() {
        return connections.stream().map(ConnectionConfig::remote).toList();
    }

    /** Whichever of them it is. */
    boolean requirePpk() {
        return connections.stream().allMatch(c -> c.ppk().required());
    }

    /** Where the first one's proposals stand. */
    Optional<SourceRef> proposalsPlace() {
        return connections.stream().findFirst().map(c -> c.places().get("proposals"));
    }

    ConnectionConfig choose(Suite suite, Identity peer, Optional<Identity> wanted) throws ExchangeException {
        if (connections.isEmpty()) {
            throw new ExchangeException(new Failure.AuthenticationFailed(
                    "the configuration has changed since the peer began, and has no connection for its address any more",
                    Optional.empty()));
        }
        List<String> reasons = new ArrayList<>();
        List<ConnectionConfig> fitting = new ArrayList<>();
        for (ConnectionConfig connection : connections) {
            Optional<String> obstacle = obstacle(connection, suite, peer, wanted);
            if (obstacle.isEmpty()) {
                fitting.add(connection);
            } else {
                reasons.add(connection.name() + " " + obstacle.get());
            }
        }
        if (!fitting.isEmpty()) {
            return closest(fitting);
        }
        throw new ExchangeException(new Failure.AuthenticationFailed(
                "no connection is meant for peer " + peer + ": " + String.join("; ", reasons),
                connections.stream().findFirst().map(c -> c.places().get("remote.id"))));
    }

    /** The first, or another one with the same addresses whose identity for the peer is closer, as with strongSwan. */
    private static ConnectionConfig closest(List<ConnectionConfig> fitting) {
        ConnectionConfig first = fitting.getFirst();
        return fitting.stream()
                .filter(other -> other.remoteAddresses().equals(first.remoteAddresses())
                        && other.localAddresses().equals(first.localAddresses()))
                .min(Comparator.comparingInt(other -> other.remote().id().wildcards()))
                .orElse(first);
    }

    private static Optional<String> obstacle(
            ConnectionConfig connection, Suite suite, Identity peer, Optional<Identity> wanted) {
        if (!peer.matches(connection.remote().id())) {
            return Optional.of("is for " + connection.remote().id());
        }
        Identity local = connection.local().id();
        if (wanted.isPresent() && local.isConcrete() && !local.equals(wanted.get())) {
            return Optional.of("is ours as " + local + ", the peer asks for " + wanted.get());
        }
        if (connection.proposals().stream().noneMatch(p -> p.allows(suite))) {
            return Optional.of("does not allow " + suite);
        }
        return Optional.empty();
    }
}
