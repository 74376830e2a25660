package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.ike.x509.TestAuthority.BEGIN;
import static org.ikebana.ike.x509.TestAuthority.END;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.ike.x509.TestList;
import org.ikebana.it.Gateways.Initiator;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.peer.NamedConnection;
import org.ikebana.it.peer.Proof;
import org.ikebana.it.peer.StrongSwanSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Certificates that will not do, shown by strongSwan and shown to it, whoever begins: one line on our side says which it is, and what
 * is wrong with it. Those that servers know to be revoked have a test of their own.
 */
@NetnsTest
class CertificateRefusalsVsStrongSwanTest {
    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2048-01-01T00:00:00Z");
    private static final String FAILED = "negotiation with 192.0.2.2:\\d+ failed";
    private static final Content NOTHING = builder -> {};
    private static final Content FOR_CODE = builder -> builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final TestAuthority another = TestAuthority.root("C=CH, O=Ikebana, CN=Another root");
    private final TestAuthority stranger = TestAuthority.root("C=CH, O=Ikebana, CN=Stranger");
    private final TestList list = TestList.of(
                    root,
                    Instant.now().minus(Duration.ofHours(1)),
                    Instant.now().plus(Duration.ofDays(1)))
            .identified();

    /**
     * @param theySay a line of strongSwan's log; empty where it is we who refuse
     * @param weSay what is in our line
     */
    private record Refusal(NamedConnection connection, String theySay, List<String> weSay) {}

    @TestFactory
    Stream<DynamicTest> ikebanaInitiates(Lab lab) {
        return refused(lab, Initiator.IKEBANA);
    }

    @TestFactory
    Stream<DynamicTest> strongSwanInitiates(Lab lab) {
        return refused(lab, Initiator.STRONGSWAN);
    }

    private List<Refusal> refusals() {
        String shows = "our certificate of \"C=CH,O=Ikebana,CN=";
        return List.of(
                theirs("expired", expired("expired.east"), "\"C=CH,O=Ikebana,CN=expired.east\" has expired on " + PAST),
                theirs("early", early("early.east"), "\"C=CH,O=Ikebana,CN=early.east\" is not valid before " + FUTURE),
                theirs(
                        "misnamed",
                        good("somebody"),
                        "its certificate is for C=CH, O=Ikebana, CN=somebody, somebody.example, not for misnamed.east.example"),
                theirs("forcode", forCode("forcode.east"), "CN=forcode.east\" is not for IKE: its extended key usage"),
                theirs(
                        "strange",
                        of(stranger, "strange.east"),
                        "\"C=CH,O=Ikebana,CN=Stranger\", which issued \"C=CH,O=Ikebana,CN=strange.east\""),
                theirs("wrongca", ofAnother("wrongca.east"), "wrongca.east.example is not trusted", "CN=Another root"),
                theirs(
                        "revoked",
                        revoked("revoked.east"),
                        "CN=revoked.east\"",
                        "(keyCompromise), says a list in x509crl"),
                theirs("rawkey", ofAnotherKey(), "rawkey.east.example has not proved itself"),
                ours(
                        "ourexpired",
                        expired("ourexpired.west"),
                        "subject certificate invalid",
                        shows + "ourexpired.west\"",
                        "has expired on " + PAST),
                ours(
                        "ourearly",
                        early("ourearly.west"),
                        "subject certificate invalid",
                        shows + "ourearly.west\"",
                        "is not valid before " + FUTURE),
                ours(
                        "ourmisnamed",
                        good("nobody"),
                        "no trusted .* public key found for 'ourmisnamed.west.example'",
                        shows + "nobody\"",
                        "is not for ourmisnamed.west.example"),
                ours(
                        "ourstrange",
                        of(stranger, "ourstrange.west"),
                        "no issuer certificate found for \"C=CH, O=Ikebana, CN=ourstrange.west\"",
                        shows + "ourstrange.west\", issued by \"C=CH,O=Ikebana,CN=Stranger\""),
                ours(
                        "ourwrongca",
                        ofAnother("ourwrongca.west"),
                        "peer not authenticated by CA",
                        shows + "ourwrongca.west\", issued by \"C=CH,O=Ikebana,CN=Another root\""),
                ours("ourrevoked", revoked("ourrevoked.west"), "certificate was revoked", shows + "ourrevoked.west\""),
                ours(
                        "ourrawkey",
                        ofAnotherKey(),
                        "<ourrawkey\\|\\d+> signature validation failed",
                        "our raw key of ECDSA on P-256"));
    }

    private Stream<DynamicTest> refused(Lab lab, Initiator initiator) {
        List<Refusal> refusals = refusals();
        Gateways gateways = Gateways.start(
                lab,
                refusals.stream().map(Refusal::connection).toList(),
                initiator,
                StrongSwanSettings.userspaceEsp(),
                files());
        Stream<DynamicTest> each = refusals.stream()
                .map(refusal ->
                        dynamicTest(refusal.connection.name(), () -> assertRefused(gateways, refusal, initiator)));
        return Stream.concat(
                each,
                Stream.of(dynamicTest(
                        "oneLineEach",
                        () -> assertThat(gateways.ikebana().log().stream().filter(line -> line.contains(" ERROR ")))
                                .hasSize(refusals.size()))));
    }

    private static void assertRefused(Gateways gateways, Refusal refusal, Initiator initiator) {
        NamedConnection connection = refusal.connection;
        int before = gateways.ikebana().logged();
        String line;
        if (initiator == Initiator.IKEBANA) {
            line = gateways.ikebana().awaitLog(" " + connection.name() + "\\[\\d+]: " + FAILED);
        } else {
            gateways.strongSwanInitiates(connection);
            line = gateways.ikebana().awaitLogAfter(before, FAILED);
        }
        assertThat(line).contains(refusal.weSay);
        if (!refusal.theySay.isEmpty()) {
            gateways.strongSwan().awaitLog(refusal.theySay);
            assertThat(line).contains("the peer refused with AUTHENTICATION_FAILED");
        }
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (TestAuthority authority : List.of(root, another)) {
            files.put(
                    "x509ca/" + Proof.file(authority),
                    TestAuthority.pem("CERTIFICATE", authority.certificate().encoded()));
        }
        files.put("x509crl/root.pem", TestAuthority.pem("X509 CRL", list.encoded()));
        return files;
    }

    private Refusal theirs(String name, Proof proof, String... weSay) {
        return new Refusal(new NamedConnection(name, good(name + ".west"), proof), "", List.of(weSay));
    }

    private Refusal ours(String name, Proof proof, String theySay, String... weSay) {
        return new Refusal(new NamedConnection(name, proof, good(name + ".east")), theySay, List.of(weSay));
    }

    private Proof good(String name) {
        return of(root, name);
    }

    private Proof expired(String name) {
        return show(issue(root, name, BEGIN, PAST, NOTHING));
    }

    private Proof early(String name) {
        return show(issue(root, name, FUTURE, END, NOTHING));
    }

    private Proof forCode(String name) {
        return show(issue(root, name, BEGIN, END, FOR_CODE));
    }

    private Proof revoked(String name) {
        Issued issued = issue(root, name, BEGIN, END, NOTHING);
        list.revoke(issued.certificate(), CRLReason.keyCompromise);
        return show(issued).asking("revocation = strict");
    }

    /** Of a CA that is trusted elsewhere. */
    private Proof ofAnother(String name) {
        return of(another, name).asking("cacerts = " + Proof.file(root));
    }

    private Proof ofAnotherKey() {
        return Proof.rawKey(issue(root, "one", BEGIN, END, NOTHING), issue(root, "other", BEGIN, END, NOTHING));
    }

    private static Proof of(TestAuthority authority, String name) {
        return show(issue(authority, name, BEGIN, END, NOTHING));
    }

    private static Proof show(Issued issued) {
        return Proof.certificate("pubkey", issued);
    }

    private static Issued issue(TestAuthority authority, String name, Instant from, Instant to, Content more) {
        Content named = builder -> builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, name + ".example")));
        return authority.issue("C=CH, O=Ikebana, CN=" + name, "P-256", from, to, named.and(more), "SHA256withECDSA");
    }
}
