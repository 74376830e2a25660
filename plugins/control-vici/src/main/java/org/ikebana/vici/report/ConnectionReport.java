package org.ikebana.vici.report;

import java.util.List;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/** Configured connections as {@code list-conn} has them. */
public final class ConnectionReport {
    private ConnectionReport() {}

    public static MessageBuilder connection(ConnectionConfig connection) {
        MessageBuilder report = Message.with()
                .list("local_addrs", words(connection.localAddresses()))
                .list("remote_addrs", words(connection.remoteAddresses()))
                .put("version", "IKEv2")
                .put("reauth_time", connection.reauthTime().toSeconds())
                .put("rekey_time", connection.rekeyTime().toSeconds())
                .put("unique", "UNIQUE_" + connection.unique());
        if (connection.dpdDelay().isPositive()) {
            report.put("dpd_delay", connection.dpdDelay().toSeconds());
        }
        if (connection.ppk().id().isPresent()) {
            report.put("ppk_id", connection.ppk().id().get().toString())
                    .put("ppk_required", connection.ppk().required() ? "yes" : "no");
        }
        authentications(report, "local-", connection, connection.local());
        authentications(report, "remote-", connection, connection.remote());
        MessageBuilder children = Message.with();
        connection.children().forEach(child -> children.section(child.name(), child(child)));
        return report.section("children", children);
    }

    private static void authentications(
            MessageBuilder report, String side, ConnectionConfig connection, AuthConfig auth) {
        int number = 1;
        for (AuthConfig round : auth.rounds()) {
            MessageBuilder kind = Message.with();
            report.section(
                    side + number++, connection.isOfShunts() ? credentials(kind, round) : authentication(kind, round));
        }
    }

    private static MessageBuilder authentication(MessageBuilder report, AuthConfig auth) {
        if (!auth.id().equals(Identity.ANY)) {
            report.put("id", auth.id().toString());
        }
        report.put("class", classWord(auth.method()))
                .put("eap_id", auth.eap().eapId().map(Identity::toString))
                .put("aaa_id", auth.eap().aaaId().map(Identity::toString));
        if (auth.method() == AuthConfig.Method.EAP && auth.eap().methods().size() == 1) {
            report.put("eap-type", auth.eap().methods().getFirst().name());
        }
        return credentials(report, auth);
    }

    /** All that strongSwan says where nobody authenticates. */
    private static MessageBuilder credentials(MessageBuilder report, AuthConfig auth) {
        return report.list("groups", List.of())
                .list("cert_policy", auth.publicKey().policies())
                .list("certs", subjects(auth.publicKey().certificates()))
                .list("cacerts", subjects(auth.publicKey().authorities()));
    }

    private static String classWord(AuthConfig.Method method) {
        return switch (method) {
            case PSK -> "pre-shared key";
            case PUBKEY -> "public key";
            case EAP -> "EAP";
            case NULL -> "NULL";
        };
    }

    private static MessageBuilder child(ChildConfig child) {
        MessageBuilder report = Message.with()
                .put("mode", PolicyReport.mode(child))
                .put("rekey_time", child.rekeyTime().toSeconds())
                .put("rekey_bytes", child.lifetimes().softBytes())
                .put("rekey_packets", child.lifetimes().softPackets())
                .put("dpd_action", action(child.dpdAction()))
                .put("close_action", action(child.closeAction()))
                .list("local-ts", selectors(child.localSelectors()))
                .list("remote-ts", selectors(child.remoteSelectors()));
        if (child.priority() != 0) {
            report.put("priority", child.priority());
        }
        return report;
    }

    private static String action(StartAction action) {
        return switch (action) {
            case NONE -> "none";
            case TRAP -> "trap";
            case START -> "start";
            case TRAP_AND_START -> "trap|start";
        };
    }

    private static List<String> words(List<?> specs) {
        return specs.stream().map(Object::toString).toList();
    }

    private static List<String> selectors(List<SelectorSpec> selectors) {
        return selectors.stream().map(SelectorText::of).toList();
    }

    private static List<String> subjects(List<Certificate> certificates) {
        return certificates.stream()
                .map(certificate ->
                        CertificateIdentities.of(certificate).getFirst().toString())
                .toList();
    }
}
