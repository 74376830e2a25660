package org.ikebana.config.swanctl;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.eap.EapMethod;

/** Whether who logs in by EAP-MSCHAPv2 has a password, and whether there is a use for passwords. */
final class EapSecretChecks {
    private static final List<EapMethod> PASSWORDS_ALONE = List.of(EapMethod.MSCHAPV2);

    private final List<OwnedEapSecret> secrets;
    private final Problems problems;

    EapSecretChecks(List<OwnedEapSecret> secrets, Problems problems) {
        this.secrets = secrets;
        this.problems = problems;
    }

    void check(List<ConnectionConfig> connections) {
        EapSecrets all =
                new EapSecrets(secrets.stream().map(OwnedEapSecret::secret).toList());
        for (ConnectionConfig connection : connections) {
            rounds(connection.local())
                    .filter(local -> local.eap().methods().equals(PASSWORDS_ALONE))
                    .filter(local -> !isAnswering(connection))
                    .map(local -> local.eap().eapId().orElse(local.id()))
                    .filter(name -> !name.equals(Identity.ANY) && all.find(name).isEmpty())
                    .forEach(name -> problems.warning(
                            connection.place("local.auth"),
                            "there is no password for " + Quote.of(name.toString()),
                            "add one: secrets { eap-" + connection.name() + " { id = " + name + ", secret = ... } }"));
            rounds(connection.remote())
                    .filter(remote -> remote.eap().methods().equals(PASSWORDS_ALONE) && secrets.isEmpty())
                    .forEach(remote -> problems.warning(
                            connection.place("remote.auth"),
                            "there are no passwords, so that nobody can log in",
                            "add some: secrets { eap-1 { id = ..., secret = ... } }"));
        }
        boolean isUsed = connections.stream()
                .flatMap(connection -> Stream.of(connection.local(), connection.remote()))
                .flatMap(EapSecretChecks::rounds)
                .anyMatch(side -> side.eap().methods().contains(EapMethod.MSCHAPV2));
        if (!isUsed) {
            secrets.forEach(secret -> problems.warning(
                    secret.place(), "no connection uses this password", "remove it, or set auth = eap-mschapv2"));
        }
    }

    /** {@code local.auth = eap} of a responder is EAP alone, where the peer logs in (RFC 5998). */
    private static boolean isAnswering(ConnectionConfig connection) {
        return connection.remote().method() == AuthConfig.Method.EAP && !ConnectionChecks.canCall(connection);
    }

    private static Stream<AuthConfig> rounds(AuthConfig side) {
        return side.rounds().stream().filter(round -> round.method() == AuthConfig.Method.EAP);
    }
}
