package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.ike.x509.TestList;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.CertifiedConf;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.RevocationServers;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** strongSwan shows a certificate, and the western gateway looks up whether it has been revoked, whoever begins. */
@NetnsTest
class RevocationVsStrongSwanTest {
    private static final String LIST = RevocationServers.URL + "/root.crl";
    private static final String UP = "child SA net\\{1} established.* in UDP";
    private static final String FAILED = "negotiation with 192.0.2.2:\\d+ failed";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final Issued west = issue("west", builder -> {});
    private Issued east = issue("east", builder -> {});
    private final Map<String, String> files = new LinkedHashMap<>();
    private String authorities = "";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revokedByAFile(boolean weBegin, Lab lab) {
        files.put(
                "x509crl/root.pem",
                TestAuthority.pem(
                        "X509 CRL",
                        list().revoke(east.certificate(), CRLReason.keyCompromise)
                                .encoded()));
        assertThat(refusal(TwoSites.onOneWire(lab), "strict", weBegin))
                .contains(
                        "the certificate of \"C=CH,O=Ikebana,CN=east\", issued by \"C=CH,O=Ikebana,CN=Root\", has been"
                                + " revoked on 1969-12-31T12:00:00Z (keyCompromise), says a list in x509crl");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revokedByAListFromAServer(boolean weBegin, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        east = issue("east", listAt(LIST));
        RevocationServers.publish(
                sites.west().host(),
                "root.crl",
                list().revoke(east.certificate(), CRLReason.superseded).encoded());
        assertThat(refusal(sites, "relaxed", weBegin))
                .contains("has been revoked on 1969-12-31T12:00:00Z (superseded), says " + LIST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revokedByOcsp(boolean weBegin, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        RevocationServers.respond(sites.west().host(), root, List.of(west.certificate()), List.of(east.certificate()));
        authorities = "authorities { root { cacert = ca0.pem\n ocsp_uris = " + RevocationServers.OCSP_URL + " } }\n";
        assertThat(refusal(sites, "strict", weBegin))
                .contains(
                        "has been revoked on 2026-01-01T00:00:00Z (keyCompromise), says " + RevocationServers.OCSP_URL);
    }

    @ParameterizedTest
    @CsvSource({"true, list", "false, list", "true, ocsp", "false, ocsp"})
    void goodByAServer(boolean weBegin, String by, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        if (by.equals("list")) {
            east = issue("east", listAt(LIST));
            RevocationServers.publish(
                    sites.west().host(),
                    "root.crl",
                    list().revoke(west.certificate(), CRLReason.superseded).encoded());
        } else {
            authorities =
                    "authorities { root { cacert = ca0.pem\n ocsp_uris = " + RevocationServers.OCSP_URL + " } }\n";
            RevocationServers.respond(
                    sites.west().host(), root, List.of(east.certificate()), List.of(west.certificate()));
        }
        start(sites, "strict", weBegin).awaitLog(UP);
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnreachableServerKeepsNobodyOutWhereThatIsRelaxed(boolean weBegin, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        east = issue("east", listAt(LIST));
        IkebanaDaemon daemon = start(sites, "relaxed", weBegin);
        daemon.awaitLog(UP);
        daemon.awaitLog("it is not known whether the certificate of .*east.* has been revoked: " + LIST
                + ": no connection.*; it is accepted, as remote.revocation = relaxed");
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    @ParameterizedTest
    @CsvSource({"strict, true", "strict, false", "ifuri, true", "ifuri, false"})
    void anUnreachableServerKeepsPeersOutElsewhere(String policy, boolean weBegin, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        east = issue("east", listAt(LIST));
        assertThat(refusal(sites, policy, weBegin))
                .contains(
                        "it is not known whether the certificate of \"C=CH,O=Ikebana,CN=east\"",
                        LIST + ": no connection")
                .contains("remote.revocation = " + policy + " wants it known (see ");
    }

    /** The one line that our side says. */
    private String refusal(TwoSites sites, String policy, boolean weBegin) {
        IkebanaDaemon daemon = start(sites, policy, weBegin);
        String line = daemon.awaitLog(FAILED);
        assertThat(daemon.log().stream().filter(each -> each.matches(".*" + FAILED + ".*")))
                .hasSize(1);
        return line;
    }

    private IkebanaDaemon start(TwoSites sites, String policy, boolean weBegin) {
        // It is asked for OCSP responses as well (RFC 4806), and passes over that.
        SwanctlConf conf =
                psk(sites.west(), sites.east()).connection("keyingtries", "1").connection("ocsp", "both");
        if (weBegin) {
            StrongSwan peer = startStrongSwan(sites);
            IkebanaDaemon daemon = startIkebana(conf.child("start_action", "start"), policy);
            peer.awaitLog("parsed IKE_AUTH request");
            return daemon;
        }
        IkebanaDaemon daemon = startIkebana(conf, policy);
        startStrongSwan(sites)
                .swanctl("--initiate", "--child", "net", "--timeout", "20")
                .tryRun();
        return daemon;
    }

    private IkebanaDaemon startIkebana(SwanctlConf conf, String policy) {
        Map<String, String> all = new LinkedHashMap<>(new CertifiedConf(conf, west, List.of(root), "pubkey").files());
        all.computeIfPresent(
                "swanctl.conf",
                (name, text) ->
                        text.replaceFirst("remote \\{", "remote {\n      revocation = " + policy) + authorities);
        all.put("ikebana.conf", "kernel = tun\n");
        all.putAll(files);
        return IkebanaDaemon.start(conf.local().gateway(), all);
    }

    private StrongSwan startStrongSwan(TwoSites sites) {
        StrongSwan peer = StrongSwan.start(sites.east().gateway(), "", StrongSwanSettings.userspaceEsp());
        var conf = new CertifiedConf(psk(sites.east(), sites.west()), east, List.of(root), "pubkey");
        conf.files().forEach((name, text) -> Lab.write(peer.credentials().resolve(name), text));
        peer.load(conf.text());
        return peer;
    }

    private TestList list() {
        Instant now = Instant.now();
        return TestList.of(root, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    }

    private static Content listAt(String uri) {
        return builder ->
                builder.addExtension(Extension.cRLDistributionPoints, false, TestList.distributionPoints(uri));
    }

    private Issued issue(String name, Content content) {
        Content named = builder -> builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, name + ".example")));
        return root.issue("C=CH, O=Ikebana, CN=" + name, "P-256", named.and(content));
    }
}
