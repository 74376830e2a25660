package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Post-quantum preshared keys (RFC 8784), with strongSwan on the other end and ESP over TUN. */
@NetnsTest
class PpkVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established.* in UDP";
    private static final String WITH_PPK = "IKE SA established as .* with PPK tunnel-ppk";
    private static final String WITHOUT_PPK = "IKE SA established as (?!.* with PPK)";
    private static final String OPTIONAL = "no";
    private static final String REQUIRED = "yes";

    @ParameterizedTest
    @CsvSource({OPTIONAL + ", " + OPTIONAL, REQUIRED + ", " + REQUIRED, REQUIRED + ", " + OPTIONAL})
    void ikebanaInitiates(String ours, String theirs, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(sites, theirs, "tunnel-ppk");
        IkebanaDaemon west = ikebana(sites, ours, "tunnel-ppk", true);
        west.awaitLog(WITH_PPK);
        west.awaitLog(UP);

        assertThat(east.swanctl("--list-sas").run()).contains("/PPK");
        assertTraffic(sites);
    }

    @ParameterizedTest
    @CsvSource({OPTIONAL + ", " + OPTIONAL, REQUIRED + ", " + REQUIRED, REQUIRED + ", " + OPTIONAL})
    void strongSwanInitiates(String ours, String theirs, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, ours, "tunnel-ppk", false);
        StrongSwan east = strongSwan(sites, theirs, "tunnel-ppk");
        east.initiate("net");
        west.awaitLog(WITH_PPK);
        west.awaitLog(UP);

        assertTraffic(sites);
    }

    /** SK_d, that is (RFC 8784 3). */
    @Test
    void rekeysGoOnWithIt(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(sites, REQUIRED, "tunnel-ppk");
        IkebanaDaemon west = ikebana(sites, REQUIRED, "tunnel-ppk", true);
        west.awaitLog(UP);
        east.rekeyIke("site");
        west.awaitLog("site\\[1]: rekeyed");
        east.rekeyChild("net");
        west.awaitLog("child net\\{\\d+} rekeyed");

        assertTraffic(sites);
    }

    /** It has a key, so it says USE_PPK, but not ours. */
    @Test
    void optionalOnBothSidesAndNotTheSame(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(
                sites.east().gateway(),
                psk(sites.east(), sites.west()).text() + secret("another-ppk"),
                StrongSwanSettings.userspaceEsp());
        IkebanaDaemon west = ikebana(sites, OPTIONAL, "tunnel-ppk", true);
        west.awaitLog(WITHOUT_PPK);
        west.awaitLog(UP);

        assertTraffic(sites);
    }

    @Test
    void strongSwanOptionalAndWeDoNotKnowItsKey(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, OPTIONAL, "another-ppk", false);
        StrongSwan east = strongSwan(sites, OPTIONAL, "tunnel-ppk");
        east.initiate("net");
        west.awaitLog(WITHOUT_PPK);
        west.awaitLog(UP);

        assertTraffic(sites);
    }

    @Test
    void weInsistAndStrongSwanDoesNotKnowTheKey(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        strongSwan(sites, OPTIONAL, "another-ppk");

        ikebana(sites, REQUIRED, "tunnel-ppk", true)
                .awaitLog("refused with AUTHENTICATION_FAILED: .* whether it has the PPK tunnel-ppk");
    }

    @Test
    void strongSwanInsistsAndWeDoNotKnowTheKey(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, OPTIONAL, "another-ppk", false);
        StrongSwan east = strongSwan(sites, REQUIRED, "tunnel-ppk");

        assertThat(east.swanctl("--initiate", "--child", "net", "--timeout", "20")
                        .tryRun()
                        .succeeded())
                .isFalse();
        west.awaitLog("failed: the peer's PPK tunnel-ppk is not the one of this connection");
    }

    @Test
    void weInsistAndStrongSwanUsesNone(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());

        ikebana(sites, REQUIRED, "tunnel-ppk", true).awaitLog("failed: the peer uses no PPK \\(RFC 8784\\)");
    }

    /** It comes in with the proofs that follow EAP (RFC 8784 3). */
    @Test
    void ikebanaLogsInByEap(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = StrongSwan.start(
                sites.east().gateway(),
                byEap(text(psk(sites.east(), sites.west()), REQUIRED, "tunnel-ppk"), "remote", "%any"),
                StrongSwanSettings.userspaceEsp());
        SwanctlConf conf = psk(sites.west(), sites.east()).child("start_action", "start");
        IkebanaDaemon west = ikebana(sites, byEap(text(conf, REQUIRED, "tunnel-ppk"), "local", "carol"));
        west.awaitLog(WITH_PPK);
        west.awaitLog(UP);

        assertThat(east.swanctl("--list-sas").run()).contains("/PPK");
        assertTraffic(sites);
    }

    @Test
    void strongSwanLogsInByEap(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        SwanctlConf conf = psk(sites.west(), sites.east());
        IkebanaDaemon west = ikebana(sites, byEap(text(conf, REQUIRED, "tunnel-ppk"), "remote", "carol"));
        StrongSwan.start(
                        sites.east().gateway(),
                        byEap(text(psk(sites.east(), sites.west()), REQUIRED, "tunnel-ppk"), "local", "carol"),
                        StrongSwanSettings.userspaceEsp())
                .initiate("net");
        west.awaitLog(WITH_PPK);
        west.awaitLog(UP);

        assertTraffic(sites);
    }

    /** @param side who logs in */
    private static String byEap(String text, String side, String user) {
        int auth = text.indexOf("auth = psk", text.indexOf(side + " {"));
        return text.substring(0, auth) + "auth = eap-mschapv2\n eap_id = " + user
                + text.substring(auth + "auth = psk".length())
                + "secrets { eap-carol { id = carol\n secret = \"Ar3etTnp\" } }\n";
    }

    private static void assertTraffic(TwoSites sites) {
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    private static StrongSwan strongSwan(TwoSites sites, String required, String id) {
        return StrongSwan.start(
                sites.east().gateway(),
                text(psk(sites.east(), sites.west()), required, id),
                StrongSwanSettings.userspaceEsp());
    }

    private static IkebanaDaemon ikebana(TwoSites sites, String required, String id, boolean starts) {
        SwanctlConf conf = psk(sites.west(), sites.east());
        return ikebana(sites, text(starts ? conf.child("start_action", "start") : conf, required, id));
    }

    private static IkebanaDaemon ikebana(TwoSites sites, String text) {
        return IkebanaDaemon.start(
                sites.west().gateway(), Map.of("swanctl.conf", text, "ikebana.conf", "kernel = tun\n"));
    }

    private static String text(SwanctlConf conf, String required, String id) {
        return conf.connection("ppk_id", id)
                        .connection("ppk_required", required)
                        .text()
                + secret(id);
    }

    private static String secret(String id) {
        return "secrets { ppk-site { id = " + id + "\n secret = 0x" + "0123456789abcdef".repeat(4) + " } }\n";
    }
}
