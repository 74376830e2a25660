package org.ikebana.config;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.ikebana.config.schema.ChildMode;
import org.ikebana.config.swanctl.TimeText;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.wire.ProtocolId;

/** Says in plain words what a configuration brings up. Nothing of the secrets shows. */
public final class Explanation {
    private final StringBuilder text = new StringBuilder();

    private Explanation() {}

    /** A few lines for each connection; each line ends with a line feed. */
    public static String of(Configuration configuration) {
        var explanation = new Explanation();
        long children = configuration.connections().stream()
                .mapToLong(connection -> connection.children().size())
                .sum();
        explanation.line(
                0,
                count(configuration.connections().size(), "connection", "connections"),
                ", ",
                count(children, "child", "children"),
                ", ",
                count(configuration.sharedKeys().size(), "preshared key", "preshared keys"));
        configuration.connections().forEach(explanation::connection);
        return explanation.text.toString();
    }

    private void connection(ConnectionConfig connection) {
        line(0, "");
        line(0, "connection ", connection.name());
        if (connection.isOfShunts()) {
            connection.children().forEach(this::child);
            return;
        }
        line(1, "from ", addresses(connection.localAddresses()), port(connection.localPort()));
        line(1, "to ", addresses(connection.remoteAddresses()), port(connection.remotePort()));
        line(1, "as ", who(connection.local().id(), "its own address"), ", proved by " + own(connection.local()));
        line(1, "with ", who(connection.remote().id(), "anybody"), ", who must " + demand(connection));
        if (connection.remote().method() == AuthConfig.Method.PUBKEY) {
            line(1, revocation(connection.remote().publicKey()));
        }
        connection.ppk().id().ifPresent(id -> line(1, "and post-quantum preshared key ", id.toString()));
        if (connection.ppk().required()) {
            line(1, "no peer without a post-quantum preshared key");
        }
        line(1, "IKE proposals ", proposals(ProtocolId.IKE, connection.proposals()));
        line(1, renewal(connection.rekeyTime()));
        line(
                1,
                connection.dpdDelay().isZero()
                        ? "a dead peer is noticed when it does not answer a request"
                        : "a peer silent for " + TimeText.of(connection.dpdDelay()) + " is asked if it lives");
        if (connection.forceEncap()) {
            line(1, "ESP always goes in UDP");
        }
        connection.children().forEach(this::child);
    }

    private static String demand(ConnectionConfig connection) {
        boolean isShared = connection.remote().method() == AuthConfig.Method.PSK
                && connection.remote().further().isEmpty();
        return isShared && connection.local().isSingle() && connection.local().method() == AuthConfig.Method.PSK
                ? "know it too"
                : connection.remote().rounds().stream()
                        .map(round -> verb(round) + proof(round))
                        .collect(joining(", then "));
    }

    private static String verb(AuthConfig side) {
        return switch (side.method()) {
            case PSK -> "know ";
            case PUBKEY -> "show ";
            case EAP -> "log in by ";
            case NULL -> "show ";
        };
    }

    private static String own(AuthConfig local) {
        return local.rounds().stream().map(Explanation::proof).collect(joining(", then "));
    }

    private static String revocation(PublicKeyAuth remote) {
        return switch (remote.revocation()) {
            case STRICT -> "who stays out unless it is known that no certificate of his has been revoked";
            case IF_URI ->
                "who stays out unless it is known that no certificate of his has been revoked, where it says whom to ask";
            case RELAXED -> "who stays out if it is known that a certificate of his has been revoked";
        };
    }

    private static String proof(AuthConfig side) {
        PublicKeyAuth publicKey = side.publicKey();
        switch (side.method()) {
            case PSK -> {
                return "a preshared key";
            }
            case EAP -> {
                return side.eap().methods().stream().map(EapMethod::toString).collect(joining(" or "));
            }
            case NULL -> {
                return "nothing: whoever it is, it is not authenticated";
            }
            case PUBKEY -> {}
        }
        if (!publicKey.publicKeys().isEmpty()) {
            return "a public key of the configuration";
        }
        return publicKey.certificates().isEmpty()
                ? "a certificate"
                : "the certificate of " + publicKey.certificates().getFirst();
    }

    private void child(ChildConfig child) {
        line(1, "child ", child.name());
        line(
                2,
                mode(child),
                " ",
                selectors(child.localSelectors()),
                " <-> ",
                selectors(child.remoteSelectors()),
                kernelKeys(child));
        if (child.isShunt()) {
            line(
                    2,
                    child.startAction() == StartAction.NONE
                            ? "waits for a command"
                            : "stands as long as the daemon runs");
            return;
        }
        if (!child.policies().installed()) {
            line(2, "without policies: something else must lead traffic into it");
        }
        line(2, "ESP proposals ", proposals(ProtocolId.ESP, child.proposals()));
        line(2, renewal(child.rekeyTime()), end(child));
        line(2, start(child.startAction()));
        line(2, "when the peer closes it: ", again(child, child.closeAction(), "close_action"));
        line(2, "when the peer is dead: ", again(child, child.dpdAction(), "dpd_action"));
    }

    private static String mode(ChildConfig child) {
        return ChildMode.of(child).name().toLowerCase(Locale.ROOT);
    }

    private static String start(StartAction action) {
        return switch (action) {
            case NONE -> "waits for the peer or for a command";
            case TRAP -> "comes up when there is traffic for it";
            case START -> "comes up at once";
            case TRAP_AND_START -> "comes up at once, and later when there is traffic for it";
        };
    }

    private static String renewal(Duration rekeyTime) {
        return rekeyTime.isZero() ? "keys are not renewed by age" : "keys are renewed within " + TimeText.of(rekeyTime);
    }

    private static String end(ChildConfig child) {
        long seconds = child.lifetimes().hardSeconds();
        return seconds == 0 ? "" : ", and end after " + TimeText.of(Duration.ofSeconds(seconds));
    }

    /** An action of none counts where it is written down; a child that is wanted comes back otherwise. */
    private static String again(ChildConfig child, StartAction action, String key) {
        boolean wanted =
                child.startAction() != StartAction.NONE && !child.places().containsKey(key);
        return switch (action) {
            case NONE -> wanted ? "is brought back, as it is wanted" : "stays down";
            case TRAP -> "comes up when there is traffic for it";
            case START, TRAP_AND_START -> "comes up again at once";
        };
    }

    /** Marks and XFRM interfaces, where there are any. */
    private static String kernelKeys(ChildConfig child) {
        var keys = new StringBuilder();
        if (!child.markIn().isNone() || !child.markOut().isNone()) {
            keys.append(", marks %#x in, %#x out"
                    .formatted(child.markIn().value(), child.markOut().value()));
        }
        if (child.ifIdIn() != 0 || child.ifIdOut() != 0) {
            keys.append(", XFRM interfaces ")
                    .append(Integer.toUnsignedString(child.ifIdIn()))
                    .append(" in, ")
                    .append(Integer.toUnsignedString(child.ifIdOut()))
                    .append(" out");
        }
        return keys.toString();
    }

    private static String proposals(int protocol, List<Proposal> proposals) {
        return proposals.equals(ProposalSyntax.defaults(protocol))
                ? "default"
                : proposals.stream().map(Proposal::toString).collect(joining(", "));
    }

    private static String selectors(List<SelectorSpec> selectors) {
        return selectors.stream()
                .map(selector -> switch (selector) {
                    case SelectorSpec.Fixed fixed -> fixed.selector().toString();
                    case SelectorSpec.Dynamic dynamic ->
                        "its address" + new ProtocolPorts(dynamic.protocol(), dynamic.startPort(), dynamic.endPort());
                })
                .collect(joining(", "));
    }

    private static String addresses(List<AddressSpec> addresses) {
        return addresses.stream()
                .map(address -> switch (address) {
                    case AddressSpec.Any any -> "any address";
                    case AddressSpec.Exact exact -> AddressText.print(exact.address());
                    case AddressSpec.Range range -> new IpRange(range.first(), range.last()).toString();
                    case AddressSpec.Name name -> name.host();
                })
                .collect(joining(", "));
    }

    private static String port(int port) {
        return port == 500 ? "" : " port " + port;
    }

    private static String who(Identity identity, String nobody) {
        return identity.equals(Identity.ANY) ? nobody : identity.toString();
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private void line(int depth, String... parts) {
        String content = String.join("", parts);
        text.append(content.isEmpty() ? "" : "  ".repeat(depth)).append(content).append('\n');
    }
}
