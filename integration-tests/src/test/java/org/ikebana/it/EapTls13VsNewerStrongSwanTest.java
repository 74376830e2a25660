package org.ikebana.it;

import static org.ikebana.ike.x509.TestAuthority.Issued;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.it.Gateways.Initiator;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NewerStrongSwanTest;
import org.ikebana.it.peer.Installation;
import org.ikebana.it.peer.NamedConnection;
import org.ikebana.it.peer.Proof;
import org.ikebana.it.peer.StrongSwanSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** EAP-TLS with TLS 1.3 (RFC 9190), which strongSwan knows from 5.9.10 on and uses where it is told to. Who begins logs in. */
@NewerStrongSwanTest
class EapTls13VsNewerStrongSwanTest {
    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");

    @TestFactory
    Stream<DynamicTest> ikebanaLogsIn(Lab lab) {
        List<NamedConnection> all = List.of(
                new NamedConnection(
                        "ecdsa", proof("eap-tls", "ecdsa.west", "P-256"), proof("pubkey", "ecdsa.east", "P-384")),
                new NamedConnection(
                        "rsa", proof("eap-tls", "rsa.west", "RSA-2048"), proof("pubkey", "rsa.east", "RSA-2048")),
                new NamedConnection(
                        "alone", proof("eap-tls", "alone.west", "P-256"), proof("eap-tls", "alone.east", "P-256")));
        return loggedIn(lab, all, Initiator.IKEBANA);
    }

    @TestFactory
    Stream<DynamicTest> strongSwanLogsIn(Lab lab) {
        List<NamedConnection> all = List.of(
                new NamedConnection(
                        "ecdsa", proof("pubkey", "ecdsa.west", "P-384"), proof("eap-tls", "ecdsa.east", "P-256")),
                new NamedConnection(
                        "rsa", proof("pubkey", "rsa.west", "RSA-2048"), proof("eap-tls", "rsa.east", "RSA-2048")),
                new NamedConnection(
                        "alone", proof("eap-tls", "alone.west", "P-256"), proof("eap-tls", "alone.east", "P-256")));
        return loggedIn(lab, all, Initiator.STRONGSWAN);
    }

    private Stream<DynamicTest> loggedIn(Lab lab, List<NamedConnection> all, Initiator initiator) {
        StrongSwanSettings settings = StrongSwanSettings.userspaceEsp()
                .of(Installation.newer())
                .with("tls.version_min", "1.3")
                .with("tls.version_max", "1.3");
        Gateways gateways = Gateways.start(lab, all, initiator, settings, trusted());
        return all.stream()
                .map(each -> dynamicTest(each.name(), () -> {
                    if (initiator == Initiator.STRONGSWAN) {
                        gateways.strongSwanInitiates(each);
                    }
                    gateways.awaitUp(each);
                    gateways.strongSwan().awaitLog(all.indexOf(each) + 1, "negotiated TLS 1.3 using suite");
                }));
    }

    private Map<String, String> trusted() {
        return Map.of(
                "x509ca/" + Proof.file(root),
                TestAuthority.pem("CERTIFICATE", root.certificate().encoded()));
    }

    private Proof proof(String auth, String name, String key) {
        Issued issued = root.issue(
                "C=CH, O=Ikebana, CN=" + name,
                key,
                builder -> builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name + ".example"))));
        return Proof.certificate(auth, issued);
    }
}
