package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * EAP (RFC 7296 2.16), EAP alone (RFC 5998) and several authentications (RFC 4739) with strongSwan on the other end, in both
 * roles, over TUN: on any Linux. One side logs in as carol.
 */
@NetnsTest
class EapVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established.* in UDP";
    private static final String FAILED = "negotiation with 192.0.2.2:\\d+ failed";
    private static final String PUBKEY = "auth = pubkey";
    private static final String IKE_SECRET = "secrets { ike { secret = \"correct horse battery staple\" } }\n";
    private static final String EAP_SECRET =
            "secrets { eap-carol { id = carol@example.org\n secret = \"Ar3etTnp\" } }\n";
    private static final String WRONG_SECRET =
            "secrets { eap-carol { id = carol@example.org\n secret = \"wrong\" } }\n";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final Issued west = issue("west");
    private final Issued east = issue("east");

    /** The sections of both ends: what the client says of itself, of the server, and so on. */
    private enum Way {
        MSCHAPV2(
                "auth = eap-mschapv2\n eap_id = carol@example.org",
                "auth = eap-mschapv2\n eap_id = %any",
                PUBKEY,
                PUBKEY),
        TLS("auth = eap-tls\n certs = own.pem", "auth = eap-tls", PUBKEY, PUBKEY),
        TLS_ALONE("auth = eap-tls\n certs = own.pem", "auth = eap-tls", "auth = eap-tls", "auth = eap-tls");

        private final String client;
        private final String clientAtServer;
        private final String serverAtClient;
        private final String server;

        Way(String client, String clientAtServer, String serverAtClient, String server) {
            this.client = client;
            this.clientAtServer = clientAtServer;
            this.serverAtClient = serverAtClient;
            this.server = server;
        }
    }

    @ParameterizedTest
    @EnumSource
    void ikebanaLogsIn(Way way, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        startStrongSwan(sites, local(way.server, "certs = own.pem") + remote(way.clientAtServer), EAP_SECRET);
        startIkebana(starting(sites), local(way.client, "") + remote(way.serverAtClient), EAP_SECRET)
                .awaitLog(UP);
        assertTraffic(sites);
    }

    @ParameterizedTest
    @EnumSource
    void strongSwanLogsIn(Way way, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon daemon = startIkebana(
                western(sites), local(way.server, "certs = own.pem") + remote(way.clientAtServer), EAP_SECRET);
        startStrongSwan(sites, local(way.client, "") + remote(way.serverAtClient), EAP_SECRET)
                .initiate("net");
        daemon.awaitLog(UP);
        assertTraffic(sites);
    }

    /** First the machine, then who sits at it. */
    @Test
    void ikebanaAuthenticatesTwice(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        startStrongSwan(
                sites,
                local(PUBKEY, "certs = own.pem") + remote(PUBKEY) + second("remote", Way.MSCHAPV2.clientAtServer),
                EAP_SECRET);
        startIkebana(
                        starting(sites),
                        local(PUBKEY, "certs = own.pem") + second("local", Way.MSCHAPV2.client) + remote(PUBKEY),
                        EAP_SECRET)
                .awaitLog(UP);
        assertTraffic(sites);
    }

    @Test
    void strongSwanAuthenticatesTwice(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon daemon = startIkebana(
                western(sites),
                local(PUBKEY, "certs = own.pem") + remote(PUBKEY) + second("remote", Way.MSCHAPV2.clientAtServer),
                EAP_SECRET);
        startStrongSwan(
                        sites,
                        local(PUBKEY, "certs = own.pem") + second("local", Way.MSCHAPV2.client) + remote(PUBKEY),
                        EAP_SECRET)
                .initiate("net");
        daemon.awaitLog(UP);
        assertTraffic(sites);
    }

    /** A shared key and a certificate of either side. */
    @Test
    void bothAuthenticateTwice(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        String sections = local("auth = psk", "")
                + second("local", PUBKEY + "\n certs = own.pem\n id = %LOCAL%.example")
                + remote("auth = psk")
                + second("remote", PUBKEY + "\n id = %REMOTE%.example");
        startStrongSwan(sites, sections, IKE_SECRET);
        startIkebana(starting(sites), sections, IKE_SECRET).awaitLog(UP);
        assertTraffic(sites);
    }

    /**
     * The certificate first: in a round in which it proves itself by a shared key or by EAP, strongSwan as initiator goes on with a
     * peer alone that has come through all of its rounds.
     */
    @Test
    void bothAuthenticateTwiceWhereStrongSwanInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        String sections = local(PUBKEY, "certs = own.pem")
                + second("local", "auth = psk\n id = %LOCAL%.example")
                + remote(PUBKEY)
                + second("remote", "auth = psk\n id = %REMOTE%.example");
        IkebanaDaemon daemon = startIkebana(western(sites), sections, IKE_SECRET);
        startStrongSwan(sites, sections, IKE_SECRET).initiate("net");
        daemon.awaitLog(UP);
        assertTraffic(sites);
    }

    @Test
    void aWrongPasswordOfStrongSwans(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon daemon = startIkebana(
                western(sites), local(PUBKEY, "certs = own.pem") + remote(Way.MSCHAPV2.clientAtServer), EAP_SECRET);
        StrongSwan peer = startStrongSwan(sites, local(Way.MSCHAPV2.client, "") + remote(PUBKEY), WRONG_SECRET);
        assertThat(peer.swanctl("--initiate", "--child", "net", "--timeout", "20")
                        .tryRun()
                        .succeeded())
                .isFalse();
        assertThat(daemon.awaitLog(FAILED))
                .contains("the password of carol@example.org is not the one in secrets.eap-carol");
        assertThat(daemon.log().stream().filter(each -> each.matches(".*" + FAILED + ".*")))
                .hasSize(1);
        peer.awaitLog("EAP-MS-CHAPv2 failed with error ERROR_AUTHENTICATION_FAILURE");
    }

    @Test
    void aWrongPasswordOfOurs(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        startStrongSwan(sites, local(PUBKEY, "certs = own.pem") + remote(Way.MSCHAPV2.clientAtServer), EAP_SECRET);
        IkebanaDaemon daemon =
                startIkebana(starting(sites), local(Way.MSCHAPV2.client, "") + remote(PUBKEY), WRONG_SECRET);
        assertThat(daemon.awaitLog(FAILED))
                .contains("the peer refuses the password of secrets.eap-carol by EAP-MSCHAPv2 with error 691");
    }

    private IkebanaDaemon startIkebana(SwanctlConf conf, String sections, String secrets) {
        Map<String, String> files = files(west);
        files.put("swanctl.conf", text(conf, sections, secrets));
        files.put("ikebana.conf", "kernel = tun\n");
        return IkebanaDaemon.start(conf.local().gateway(), files);
    }

    private StrongSwan startStrongSwan(TwoSites sites, String sections, String secrets) {
        StrongSwan peer = StrongSwan.start(sites.east().gateway(), "", StrongSwanSettings.userspaceEsp());
        files(east).forEach((name, content) -> Lab.write(peer.credentials().resolve(name), content));
        peer.load(text(psk(sites.east(), sites.west()), sections, secrets));
        return peer;
    }

    /** With these sections in the place of those for the shared key. */
    private static String text(SwanctlConf conf, String sections, String secrets) {
        String text = conf.text();
        int begin = text.indexOf("local {");
        int end = text.indexOf("children {");
        String named = sections.replace("%LOCAL%", conf.local().name())
                .replace("%REMOTE%", conf.remote().name());
        return text.substring(0, begin) + named + text.substring(end, text.indexOf("secrets {")) + secrets;
    }

    private Map<String, String> files(Issued own) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("x509/own.pem", own.certificatePem());
        files.put("private/own.pem", own.keyPem());
        files.put(
                "x509ca/ca.pem",
                TestAuthority.pem("CERTIFICATE", root.certificate().encoded()));
        return files;
    }

    private static String local(String auth, String more) {
        return "local {\n" + auth + "\n" + more + "\n id = %LOCAL%.example\n}\n";
    }

    private static String remote(String auth) {
        return "remote {\n" + auth + "\n id = %REMOTE%.example\n}\n";
    }

    private static String second(String side, String auth) {
        return side + "2 {\n round = 2\n" + auth + "\n}\n";
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

    private Issued issue(String name) {
        return root.issue(
                "C=CH, O=Ikebana, CN=" + name,
                "P-256",
                builder -> builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name + ".example"))));
    }
}
