package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Family;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ikebana with ESP over TUN in the west, strongSwan with its own user-space ESP in the east: on any Linux. */
@NetnsTest
class TunVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established.* in UDP";

    @ParameterizedTest
    @CsvSource({"aes256gcm16", "aes128-sha256", "chacha20poly1305"})
    void ikebanaInitiates(String esp, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint before = Footprint.of(sites.west().gateway());
        StrongSwan east = strongSwan(sites, esp);
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites, esp).child("start_action", "start"));
        west.awaitLog(UP);

        assertTraffic(sites);

        west.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
        assertThat(east.listSas()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"aes256gcm16", "aes128-sha256", "chacha20poly1305"})
    void strongSwanInitiates(String esp, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint before = Footprint.of(sites.west().gateway());
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites, esp));
        Footprint idle = Footprint.of(sites.west().gateway());
        StrongSwan east = strongSwan(sites, esp);
        east.initiate("net");
        west.awaitLog(UP);

        assertTraffic(sites);

        east.terminate("site");
        west.awaitLog("IKE SA closed: deleted by the peer");
        Await.until(
                "the routes of the tunnel are gone",
                Patience.seconds(60),
                () -> Footprint.of(sites.west().gateway()).beyond(idle).isEmpty());
        west.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IPV4, IPV6", "IPV6, IPV4", "IPV6, IPV6"})
    void carriesEachFamilyInEach(Family outer, Family inner, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab, outer, inner);
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites, "aes256gcm16"));
        strongSwan(sites, "aes256gcm16").initiate("net");
        west.awaitLog(UP);

        assertTraffic(sites);
    }

    private static void assertTraffic(TwoSites sites) {
        Traffic traffic = new Traffic(sites);
        traffic.assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
        traffic.assertIperfBothWays();
    }

    private static SwanctlConf western(TwoSites sites, String esp) {
        return psk(sites.west(), sites.east()).child("esp_proposals", esp);
    }

    private static StrongSwan strongSwan(TwoSites sites, String esp) {
        return StrongSwan.start(
                psk(sites.east(), sites.west()).child("esp_proposals", esp), StrongSwanSettings.userspaceEsp());
    }
}
