package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;

/** Ways to authenticate that do not go together (RFC 7296 2.16, RFC 5998, RFC 7619). */
final class RoundChecks {
    /** Of either side; nobody has as many credentials. */
    private static final int MOST_ROUNDS = 4;

    private final ConnectionConfig connection;
    private final Problems problems;

    RoundChecks(ConnectionConfig connection, Problems problems) {
        this.connection = connection;
        this.problems = problems;
    }

    void check() {
        AuthConfig local = connection.local();
        AuthConfig remote = connection.remote();
        number(local, "local");
        number(remote, "remote");
        nullAlone(local, "local");
        nullAlone(remote, "remote");
        names(local);
        if (has(local, Method.EAP) && has(remote, Method.NULL) || has(remote, Method.EAP) && has(local, Method.NULL)) {
            problems.error(
                    connection.place("local.auth"),
                    "one side logs in by EAP, and the other does not authenticate at all (RFC 7619 2)",
                    "set auth = pubkey for the side that does not use EAP");
        }
        if (has(remote, Method.EAP) && !has(local, Method.EAP)) {
            connection.tunnels().stream()
                    .filter(child -> child.startAction() != StartAction.NONE)
                    .forEach(child -> problems.error(
                            child.place("start_action"),
                            "the peer is to log in by EAP, which only who begins can do",
                            "let the peer begin: start_action = none"));
        }
        if (has(local, Method.EAP) && has(remote, Method.EAP) && !isSafeAlone(local, remote)) {
            problems.error(
                    connection.place("local.auth"),
                    "eap-mschapv2 cannot be the only proof of a gateway: whoever sits in between could try passwords at home"
                            + " (RFC 5998 4)",
                    "let the gateway prove itself by pubkey, or both by eap-tls");
        }
        if (has(local, Method.EAP) && remote.method() == Method.PSK) {
            problems.warning(
                    connection.place("remote.auth"),
                    "the gateway proves itself by a shared key, which all who log in to it know (RFC 7296 2.16)",
                    "set remote.auth = pubkey");
        }
        if (remote.method() == Method.NULL) {
            connection.tunnels().forEach(this::itsOwnAddressAlone);
        }
        ppk();
    }

    private void number(AuthConfig side, String name) {
        if (side.rounds().size() > MOST_ROUNDS) {
            problems.error(
                    connection.place(name + ".auth"),
                    "there are " + side.rounds().size() + " sections '" + name + "'",
                    "keep " + MOST_ROUNDS + " at the most");
        }
    }

    private void nullAlone(AuthConfig side, String name) {
        if (has(side, Method.NULL) && !side.further().isEmpty()) {
            problems.error(
                    connection.place(name + ".auth"),
                    "auth = null does not go with a further section '" + name + "'",
                    "remove the section with auth = null");
        }
    }

    private void names(AuthConfig local) {
        for (AuthConfig round : local.rounds()) {
            Optional<Identity> pattern = round.eap().eapId().filter(id -> !id.isConcrete());
            pattern.ifPresent(id -> problems.error(
                    connection.place("local.eap_id"),
                    Quote.of(id.toString()) + " is a pattern, and this side must say exactly who it is",
                    "write one name without wildcards"));
        }
    }

    /** Else anybody could draw to himself what is for others (RFC 7619 2.5, 3.3). */
    private void itsOwnAddressAlone(ChildConfig child) {
        boolean isOwn = child.remoteSelectors().stream().allMatch(SelectorSpec.Dynamic.class::isInstance);
        if (!isOwn) {
            problems.error(
                    child.place("remote_ts"),
                    "a peer that does not authenticate (remote.auth = null) may have the traffic of its own address alone",
                    "set remote_ts = dynamic, or remove it");
        }
    }

    private void ppk() {
        if (connection.isAuthenticatedSeveralTimes() && connection.ppk().id().isPresent()) {
            problems.warning(
                    connection.place("ppk_id"),
                    "with several rounds a post-quantum preshared key comes in by IKE_INTERMEDIATE alone (RFC 9867)",
                    "see that the peer does that, too: ppk_intermediate = yes there");
        }
    }

    private static boolean isSafeAlone(AuthConfig local, AuthConfig remote) {
        return Stream.of(local, remote)
                .flatMap(side -> side.rounds().stream())
                .filter(round -> round.method() == Method.EAP)
                .noneMatch(round -> round.eap().safeAlone().isEmpty());
    }

    private static boolean has(AuthConfig side, Method method) {
        List<AuthConfig> rounds = side.rounds();
        return rounds.stream().anyMatch(round -> round.method() == method);
    }
}
