package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.ProofKind;
import org.ikebana.ike.wire.PayloadType;

/**
 * The connections that a responder may yet be talking on: those whose addresses fit, until IDi and IDr tell which one
 * it is (RFC 7296 2.15).
 *
 * @param owner a connection that protects the traffic of the peer's address, and asks for authentication; looked for where one of
 *     the candidates asks for none
 */
public record Candidates(List<ConnectionConfig> connections, Optional<String> owner) {
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

    /** @param request with who the peer is, whom it asks for, and how it proves itself */
    ConnectionConfig choose(Suite suite, InboundMessage request) throws ExchangeException {
        if (connections.isEmpty()) {
            throw new ExchangeException(new Failure.AuthenticationFailed(
                    "the configuration has changed since the peer began, and has no connection for its address any more",
                    Optional.empty()));
        }
        Identity peer = Identity.of(request.requiredId(PayloadType.IDI));
        Optional<Identity> wanted = request.id(PayloadType.IDR).map(Identity::of);
        AuthConfig.Method kind = ProofKind.of(request);
        List<String> reasons = new ArrayList<>();
        List<ConnectionConfig> fitting = new ArrayList<>();
        for (ConnectionConfig connection : connections) {
            Optional<String> obstacle = obstacle(connection, suite, peer, wanted)
                    .or(() -> obstacle(connection, kind))
                    .or(() -> kind == Method.NULL ? takeover(connection) : Optional.empty());
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

    /** Who asks for EAP, or for nothing to be proved, is not meant where something else is asked for. */
    private static Optional<String> obstacle(ConnectionConfig connection, AuthConfig.Method kind) {
        AuthConfig.Method asked = connection.remote().method();
        boolean isOther =
                (kind == Method.EAP) != (asked == Method.EAP) || (kind == Method.NULL) != (asked == Method.NULL);
        return isOther
                ? Optional.of(
                        "asks for " + ProofKind.words(asked) + ", the peer proves itself by " + ProofKind.words(kind))
                : Optional.empty();
    }

    /** Who does not authenticate gets nothing that is for others (RFC 7619 2.5, 3.3). */
    private Optional<String> takeover(ConnectionConfig connection) {
        boolean isMore = connection.tunnels().stream()
                .flatMap(child -> child.remoteSelectors().stream())
                .anyMatch(SelectorSpec.Fixed.class::isInstance);
        if (isMore) {
            return Optional.of("has remote_ts other than dynamic, which is not for peers that do not authenticate");
        }
        return owner.map(name ->
                "asks for no authentication, and the peer's address is in remote_ts of " + name + ", which does");
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
