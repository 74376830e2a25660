package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.it.Gateways.Initiator;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.peer.NamedConnection;
import org.ikebana.it.peer.Proof;
import org.ikebana.it.peer.StrongSwanSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every way that both ends can prove themselves with strongSwan on the other end, in both directions; all of them between one pair of
 * daemons. strongSwan's log says how it has been convinced. EAP has a test of its own.
 */
@NetnsTest
class AuthenticationVsStrongSwanTest {
    private static final String PSK = "pre-shared key";
    private static final String RSA_SHA256 = "RSA_EMSA_PKCS1_SHA2_256";
    private static final String P256 = "ECDSA_WITH_SHA256_DER";
    /** By the old method or by the new one: with a secret of its own alone strongSwan tells no hash algorithms. */
    private static final String ECDSA = "ECDSA";

    private static final String ED25519 = "ED25519";
    /** strongSwan passes over what we announce in SUPPORTED_AUTH_METHODS (RFC 9593), which it knows by its number alone. */
    private static final String ANNOUNCED = ".* N\\(\\(16443\\)\\)";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final TestAuthority another = TestAuthority.root("C=CH, O=Ikebana, CN=Another root");
    private final TestAuthority between = root.intermediate("C=CH, O=Ikebana, CN=Between", 0);
    /** Trusted by no end. */
    private final TestAuthority stranger = TestAuthority.root("C=CH, O=Ikebana, CN=Stranger");

    /** @param west with what strongSwan has seen the western end prove itself, and the eastern, as it says in its log */
    private record Way(NamedConnection connection, String west, String east) {}

    /** The first one carries traffic. */
    private List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        ways.add(alike("p256", "P-256", "pubkey", P256));
        ways.add(alike("p384", "P-384", "pubkey", "ECDSA_WITH_SHA384_DER"));
        ways.add(alike("p521", "P-521", "pubkey", "ECDSA_WITH_SHA512_DER"));
        ways.add(alike("p256sha512", "P-256", "ike:ecdsa-sha512", "ECDSA_WITH_SHA512_DER"));
        ways.add(alike("p521sha256", "P-521", "ike:pubkey-sha256", P256));
        ways.add(alike("bp256", "brainpoolP256r1", "pubkey", P256));
        ways.add(alike("bp384", "brainpoolP384r1", "pubkey", "ECDSA_WITH_SHA384_DER"));
        ways.add(alike("bp512", "brainpoolP512r1", "pubkey", "ECDSA_WITH_SHA512_DER"));
        ways.add(alike("ed25519", "Ed25519", "pubkey", ED25519));
        ways.add(alike("ed448", "Ed448", "pubkey", "ED448"));
        ways.add(alike("rsa2048", "RSA-2048", "pubkey", RSA_SHA256));
        ways.add(alike("rsa3072", "RSA-3072", "ike:rsa-sha384", "RSA_EMSA_PKCS1_SHA2_384"));
        ways.add(alike("rsa4096", "RSA-4096", "ike:rsa-sha512", "RSA_EMSA_PKCS1_SHA2_512"));
        for (String hash : List.of("256", "384", "512")) {
            ways.add(alike("pss" + hash, "RSA-2048", "ike:rsa/pss-sha" + hash, "RSA_EMSA_PSS_SHA2_" + hash));
        }
        ways.add(new Way(new NamedConnection("psk", Proof.psk(), Proof.psk()), PSK, PSK));
        mixed(ways);
        authorities(ways);
        return ways;
    }

    private void mixed(List<Way> ways) {
        ways.add(new Way(new NamedConnection("pskcert", Proof.psk(), cert("pskcert.east", "P-256")), PSK, P256));
        ways.add(new Way(new NamedConnection("certpsk", cert("certpsk.west", "P-256"), Proof.psk()), ECDSA, PSK));
        ways.add(new Way(
                new NamedConnection("rsaecdsa", cert("rsaecdsa.west", "RSA-2048"), cert("rsaecdsa.east", "P-256")),
                RSA_SHA256,
                P256));
        ways.add(new Way(
                new NamedConnection("eddsarsa", cert("eddsarsa.west", "Ed25519"), cert("eddsarsa.east", "RSA-2048")),
                ED25519,
                RSA_SHA256));
        ways.add(new Way(new NamedConnection("raw", raw("P-256"), raw("Ed25519")), P256, ED25519));
        ways.add(new Way(
                new NamedConnection("rawcert", raw("RSA-2048"), cert("rawcert.east", "P-256")), RSA_SHA256, P256));
        ways.add(new Way(
                new NamedConnection("certraw", cert("certraw.west", "P-256"), raw("RSA-2048")), P256, RSA_SHA256));
        ways.add(new Way(new NamedConnection("pskraw", Proof.psk(), raw("P-256")), PSK, P256));
    }

    /** Of which CA the certificates are, and where those between it and them are. */
    private void authorities(List<Way> ways) {
        ways.add(certified(
                "twocas",
                of(root, "twocas.west").trustedBy(root).asking("cacerts = " + Proof.file(root)),
                of(another, "twocas.east").trustedBy(another).asking("cacerts = " + Proof.file(another))));
        ways.add(certified("oursent", of(between, "oursent.west").holding(between), of(root, "oursent.east")));
        TestAuthority theirs = root.intermediate("C=CH, O=Ikebana, CN=Between, OU=theirs", 0);
        ways.add(certified(
                "theirsent",
                of(root, "theirsent.west"),
                of(theirs, "theirsent.east").holding(theirs)));
        TestAuthority known = root.intermediate("C=CH, O=Ikebana, CN=Between, OU=known to the other", 0);
        ways.add(certified("oursfound", of(known, "oursfound.west").trustedBy(known), of(root, "oursfound.east")));
        TestAuthority here = root.intermediate("C=CH, O=Ikebana, CN=Between, OU=known here", 0);
        ways.add(certified(
                "theirsfound",
                of(root, "theirsfound.west"),
                of(here, "theirsfound.east").trustedBy(here)));
        ways.add(certified("oursasked", ofTwo("oursasked.west"), of(root, "oursasked.east")));
        ways.add(certified("theirsasked", of(root, "theirsasked.west"), ofTwo("theirsasked.east")));
    }

    @TestFactory
    Stream<DynamicTest> ikebanaInitiates(Lab lab) {
        return initiated(
                lab,
                ways(),
                Initiator.IKEBANA,
                StrongSwanSettings.userspaceEsp(),
                Optional.of("parsed IKE_AUTH request"));
    }

    @TestFactory
    Stream<DynamicTest> strongSwanInitiates(Lab lab) {
        // so many ways are more than an announcement in IKE_SA_INIT has room for
        return initiated(lab, ways(), Initiator.STRONGSWAN, StrongSwanSettings.userspaceEsp(), Optional.empty());
    }

    /** Without RFC 7427 strongSwan signs by the old methods: RSA with SHA-1, which must be asked for, and ECDSA. */
    private List<Way> oldWays() {
        return List.of(
                alike("oldp256", "P-256", "pubkey", "ECDSA-256 signature"),
                alike("oldp384", "P-384", "pubkey", "ECDSA-384 signature"),
                alike("oldp521", "P-521", "pubkey", "ECDSA-521 signature"),
                alike("oldrsa", "RSA-2048", "ike:rsa-sha1", "RSA signature"));
    }

    @TestFactory
    Stream<DynamicTest> ikebanaInitiatesTheOldWay(Lab lab) {
        return initiated(lab, oldWays(), Initiator.IKEBANA, withoutDigital(), Optional.of("parsed IKE_AUTH request"));
    }

    @TestFactory
    Stream<DynamicTest> strongSwanInitiatesTheOldWay(Lab lab) {
        return initiated(
                lab, oldWays(), Initiator.STRONGSWAN, withoutDigital(), Optional.of("parsed IKE_SA_INIT response"));
    }

    private Stream<DynamicTest> initiated(
            Lab lab, List<Way> ways, Initiator initiator, StrongSwanSettings settings, Optional<String> announcement) {
        Gateways gateways =
                Gateways.start(lab, ways.stream().map(Way::connection).toList(), initiator, settings, trusted());
        Stream<DynamicTest> each =
                ways.stream().map(way -> dynamicTest(way.connection.name(), () -> assertUp(gateways, way, initiator)));
        Stream<DynamicTest> announced = announcement
                .map(line ->
                        dynamicTest("announcements", () -> gateways.strongSwan().awaitLog(line + ANNOUNCED)))
                .stream();
        DynamicTest traffic =
                dynamicTest("traffic", () -> new Traffic(gateways.sites()).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP));
        return Stream.of(each, announced, Stream.of(traffic)).flatMap(tests -> tests);
    }

    private static void assertUp(Gateways gateways, Way way, Initiator initiator) {
        NamedConnection connection = way.connection;
        if (initiator == Initiator.STRONGSWAN) {
            gateways.strongSwanInitiates(connection);
        }
        gateways.awaitUp(connection);
        String west = connection.identity(gateways.sites().west());
        String east = connection.identity(gateways.sites().east());
        assertThat(gateways.strongSwan().awaitLog("authentication of '" + west + "' with"))
                .contains(way.west, "successful");
        assertThat(gateways.strongSwan().awaitLog("authentication of '" + east + "' \\(myself\\) with"))
                .contains(way.east);
    }

    private Map<String, String> trusted() {
        return Map.of(
                "x509ca/" + Proof.file(root),
                TestAuthority.pem("CERTIFICATE", root.certificate().encoded()));
    }

    private static StrongSwanSettings withoutDigital() {
        return StrongSwanSettings.userspaceEsp().with("signature_authentication", "no");
    }

    /** With keys of the same kind at both ends. */
    private Way alike(String name, String key, String auth, String seen) {
        return new Way(
                new NamedConnection(
                        name,
                        Proof.certificate(auth, issue(root, name + ".west", key)),
                        Proof.certificate(auth, issue(root, name + ".east", key))),
                seen,
                seen);
    }

    private static Way certified(String name, Proof west, Proof east) {
        return new Way(new NamedConnection(name, west, east), P256, P256);
    }

    private Proof cert(String name, String key) {
        return Proof.certificate("pubkey", issue(root, name, key));
    }

    private Proof raw(String key) {
        return Proof.rawKey(issue(root, "raw", key));
    }

    private static Proof of(TestAuthority authority, String name) {
        return Proof.certificate("pubkey", issue(authority, name, "P-256"));
    }

    /** The first is of a CA that the other end does not ask for. */
    private Proof ofTwo(String name) {
        return Proof.certificate("pubkey", issue(stranger, name, "P-256"), issue(root, name, "P-256"))
                .asking("cacerts = " + Proof.file(root));
    }

    private static Issued issue(TestAuthority authority, String name, String key) {
        Content named = builder -> builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, name + ".example")));
        return authority.issue("C=CH, O=Ikebana, CN=" + name, key, named);
    }
}
