package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.CertifiedConf;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates with strongSwan on the other end, in both directions, over TUN: on any Linux. strongSwan passes over what
 * we announce in SUPPORTED_AUTH_METHODS (RFC 9593), which it knows by its number alone.
 */
@NetnsTest
class CertificatesVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established.* in UDP";
    private static final String ANNOUNCED = ".* N\\(\\(16443\\)\\)";
    private static final String FAILED = "negotiation with 192.0.2.2:\\d+ failed";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private Issued west = issue("west", "P-256");
    private Issued east = issue("east", "P-256");

    @ParameterizedTest
    @CsvSource({
        "RSA-2048, pubkey",
        "RSA-3072, ike:rsa/pss-sha512",
        "P-256, pubkey",
        "P-384, pubkey",
        "P-521, ike:pubkey-sha512",
        "brainpoolP256r1, pubkey",
        "Ed25519, pubkey",
        "Ed448, pubkey"
    })
    void ikebanaInitiates(String key, String auth, Lab lab) {
        TwoSites sites = sites(lab, key);
        StrongSwan peer = startStrongSwan(sites, auth);
        startIkebana(starting(sites), auth).awaitLog(UP);
        peer.awaitLog("parsed IKE_AUTH request" + ANNOUNCED);
        assertTraffic(sites);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-2048, pubkey",
        "RSA-3072, ike:rsa/pss-sha512",
        "P-256, pubkey",
        "P-384, pubkey",
        "P-521, ike:pubkey-sha512",
        "brainpoolP256r1, pubkey",
        "Ed25519, pubkey",
        "Ed448, pubkey"
    })
    void strongSwanInitiates(String key, String auth, Lab lab) {
        TwoSites sites = sites(lab, key);
        IkebanaDaemon daemon = startIkebana(western(sites), auth);
        StrongSwan peer = startStrongSwan(sites, auth);
        peer.initiate("net");
        peer.awaitLog("parsed IKE_SA_INIT response" + ANNOUNCED);
        daemon.awaitLog(UP);
        assertTraffic(sites);
    }

    /** Without RFC 7427 strongSwan signs by the old methods: RSA with SHA-1, which must be asked for, and ECDSA. */
    @ParameterizedTest
    @CsvSource({"RSA-2048, rsa-sha1-ike:rsa-sha1", "P-256, pubkey", "P-384, pubkey", "P-521, pubkey"})
    void signsTheOldWay(String key, String auth, Lab lab) {
        TwoSites sites = sites(lab, key);
        startStrongSwan(sites, "pubkey", StrongSwanSettings.userspaceEsp().with("signature_authentication", "no"));
        String ours = key.startsWith("RSA") ? "pubkey-ike:rsa-sha1" : auth;
        startIkebana(starting(sites), ours).awaitLog(UP);
        assertTraffic(sites);
    }

    @Test
    void ofAnotherAuthority(Lab lab) {
        east = TestAuthority.root("CN=Stranger").issue("CN=east", "P-256", named("east"));
        assertThat(refusal(lab))
                .contains("peer east.example is not trusted", "\"CN=Stranger\", which issued \"CN=east\"");
    }

    @Test
    void ofAnotherName(Lab lab) {
        east = root.issue("CN=east", "P-256", named("north"));
        assertThat(refusal(lab)).containsAnyOf("its certificate is for", "the configuration wants east.example");
    }

    @Test
    void thatHasExpired(Lab lab) {
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        east = root.issue("CN=east", "P-256", TestAuthority.BEGIN, longAgo, named("east"), "SHA256withECDSA");
        assertThat(refusal(lab)).contains("the certificate of \"CN=east\" has expired on 2020-01-01T00:00:00Z");
    }

    @Test
    void thatIsNotValidYet(Lab lab) {
        Instant later = Instant.parse("2048-01-01T00:00:00Z");
        east = root.issue("CN=east", "P-256", later, TestAuthority.END, named("east"), "SHA256withECDSA");
        assertThat(refusal(lab)).contains("the certificate of \"CN=east\" is not valid before 2048-01-01T00:00:00Z");
    }

    @Test
    void forAnotherUse(Lab lab) {
        Content forCode = b ->
                b.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
        east = root.issue("CN=east", "P-256", named("east").and(forCode));
        assertThat(refusal(lab)).contains("is not for IKE: its extended key usage");
    }

    /** The one line that our side says, strongSwan having begun. */
    private String refusal(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon daemon = startIkebana(western(sites), "pubkey");
        StrongSwan peer = startStrongSwan(sites, "pubkey");
        assertThat(peer.swanctl("--initiate", "--child", "net", "--timeout", "20")
                        .tryRun()
                        .succeeded())
                .isFalse();
        String line = daemon.awaitLog(FAILED);
        assertThat(daemon.log().stream().filter(each -> each.matches(".*" + FAILED + ".*")))
                .hasSize(1);
        return line;
    }

    private TwoSites sites(Lab lab, String key) {
        west = issue("west", key);
        east = issue("east", key);
        return TwoSites.onOneWire(lab);
    }

    private IkebanaDaemon startIkebana(SwanctlConf conf, String auth) {
        Map<String, String> files = new LinkedHashMap<>(new CertifiedConf(conf, west, List.of(root), auth).files());
        files.put("ikebana.conf", "kernel = tun\n");
        return IkebanaDaemon.start(conf.local().gateway(), files);
    }

    private StrongSwan startStrongSwan(TwoSites sites, String auth) {
        return startStrongSwan(sites, auth, StrongSwanSettings.userspaceEsp());
    }

    private StrongSwan startStrongSwan(TwoSites sites, String auth, StrongSwanSettings settings) {
        StrongSwan peer = StrongSwan.start(sites.east().gateway(), "", settings);
        var conf = new CertifiedConf(psk(sites.east(), sites.west()), east, List.of(root), auth);
        conf.files().forEach((name, text) -> Lab.write(peer.credentials().resolve(name), text));
        peer.load(conf.text());
        return peer;
    }

    private static SwanctlConf western(TwoSites sites) {
        return psk(sites.west(), sites.east());
    }

    private static SwanctlConf starting(TwoSites sites) {
        return western(sites).child("start_action", "start");
    }

    private static void assertTraffic(TwoSites sites) {
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    private Issued issue(String name, String key) {
        return root.issue("C=CH, O=Ikebana, CN=" + name, key, named(name));
    }

    private static Content named(String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, name + ".example")));
    }
}
