package org.ikebana.it;

import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/**
 * Cookies with strongSwan (RFC 7296 2.6), either end asking for them because somebody has left an IKE SA half-open there, and
 * for another group besides, which takes the cookie once more (RFC 7296 2.6.1).
 */
@NetnsTest
class CookiesVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established";
    private static final String TWO_GROUPS = "aes256gcm16-prfsha256-ecp256-x25519";

    /** An IKE_SA_INIT request for AES-GCM, PRF_HMAC_SHA2_256 and X25519, whose base point stands for a public value. */
    private static final String INIT = "11223344556677880000000000000000" + "21202208" + "00000000" + "00000080"
            + "22000028" + "00000024" + "01010003"
            + "0300000c01000014800e0100" + "0300000802000005" + "000000080400001f"
            + "28000028" + "001f0000" + "09" + "00".repeat(31)
            + "00000014" + "00112233445566778899aabbccddeeff";

    @Test
    void strongSwanAsks(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = StrongSwan.start(
                psk(sites.east(), sites.west()),
                StrongSwanSettings.userspaceEsp().with("cookie_threshold", "1"));
        leaveHalfOpen(sites.west(), sites.east());
        east.awaitLog("is initiating an IKE_SA");
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites, TWO_GROUPS).child("start_action", "start"));
        west.awaitLog(UP);

        east.awaitLog("generating IKE_SA_INIT response 0 \\[ N\\(COOKIE\\) ]");
        east.awaitLog("generating IKE_SA_INIT response 0 \\[ N\\(INVAL_KE\\) ]");
        east.awaitLog("parsed IKE_SA_INIT request 0 \\[ N\\(COOKIE\\) SA KE No");
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    @Test
    void weAsk(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.start(
                sites.west().gateway(),
                Map.of(
                        "swanctl.conf",
                        western(sites, "aes256gcm16-prfsha256-x25519").text(),
                        "ikebana.conf",
                        "kernel = tun\ncookie_threshold_ip = 1\n"));
        leaveHalfOpen(sites.east(), sites.west());
        StrongSwan east = StrongSwan.start(
                psk(sites.east(), sites.west()).connection("proposals", TWO_GROUPS), StrongSwanSettings.userspaceEsp());
        east.initiate("net");
        west.awaitLog(UP);

        east.awaitLog("parsed IKE_SA_INIT response 0 \\[ N\\(COOKIE\\) ]");
        east.awaitLog("parsed IKE_SA_INIT response 0 \\[ N\\(INVAL_KE\\) ]");
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    /** From any port; nothing comes after it. */
    private static void leaveHalfOpen(Site from, Site at) {
        String octets = INIT.replaceAll("..", "\\\\x$0");
        String send =
                "printf '%s' | dd bs=1k iflag=fullblock status=none > /dev/udp/%s/500".formatted(octets, at.wan());
        from.gateway().exec("bash", "-c", send).run();
    }

    private static SwanctlConf western(TwoSites sites, String proposals) {
        return psk(sites.west(), sites.east()).connection("proposals", proposals);
    }
}
