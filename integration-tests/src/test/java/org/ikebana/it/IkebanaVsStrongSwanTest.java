package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.IpXfrm;
import org.ikebana.it.net.Packet;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ikebana in the west, strongSwan in the east, and the kernel's ESP between them. */
@RealKernelTest
class IkebanaVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established";

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-prfsha384-ecp384, aes256gcm16",
        "aes128-sha256-modp2048, aes128-sha256",
        "chacha20poly1305-prfsha256-x25519, chacha20poly1305",
    })
    void ikebanaInitiates(String ike, String esp, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = StrongSwan.start(eastern(sites, ike, esp));
        IkebanaDaemon west = IkebanaDaemon.start(western(sites, ike, esp).child("start_action", "start"));
        west.awaitLog(UP);

        assertOnlyEsp(sites);

        west.stop();
        assertNothingLeft(sites);
        assertThat(east.listSas()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-prfsha384-ecp384, aes256gcm16",
        "aes128-sha256-modp2048, aes128-sha256",
        "chacha20poly1305-prfsha256-x25519, chacha20poly1305",
    })
    void strongSwanInitiates(String ike, String esp, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.start(western(sites, ike, esp));
        StrongSwan east = StrongSwan.start(eastern(sites, ike, esp));
        east.initiate("net");
        west.awaitLog(UP);

        assertOnlyEsp(sites);

        east.terminate("site");
        west.awaitLog("IKE SA closed: deleted by the peer");
        assertNothingLeft(sites);
    }

    @Test
    void theFirstPacketOfATrapBringsTheTunnelUp(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()));
        IkebanaDaemon west = IkebanaDaemon.start(psk(sites.west(), sites.east()).child("start_action", "trap"));
        west.awaitLog("trap installed");
        Capture wire = sites.listen();

        Await.until(
                "a ping is answered",
                Patience.seconds(20),
                () -> Ping.once(sites.west().host(), sites.east().hostAddress()));

        assertThat(west.log()).anyMatch(line -> line.contains("asks for the tunnel"));
        assertThat(wire.packets()).noneMatch(packet -> packet.kind() == Packet.Kind.CLEAR);
        assertThat(sites.west().xfrm().states()).hasSize(2).allMatch(state -> state.packets() > 0);
        west.stop();
        assertNothingLeft(sites);
    }

    @Test
    void behindANatIkebanaInitiates(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        StrongSwan.start(psk(sites.east(), sites.west()));
        IkebanaDaemon west = IkebanaDaemon.start(psk(sites.west(), sites.east()).child("start_action", "start"));
        west.awaitLog(UP + ".* in UDP");
        assertEspInUdp(sites);
    }

    @Test
    void strongSwanInitiatesFromBehindANat(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        IkebanaDaemon east = IkebanaDaemon.start(psk(sites.east(), sites.west()));
        StrongSwan.start(psk(sites.west(), sites.east())).initiate("net");
        east.awaitLog(UP + ".* in UDP");
        assertEspInUdp(sites);
    }

    private static SwanctlConf western(TwoSites sites, String ike, String esp) {
        return psk(sites.west(), sites.east()).connection("proposals", ike).child("esp_proposals", esp);
    }

    private static SwanctlConf eastern(TwoSites sites, String ike, String esp) {
        return psk(sites.east(), sites.west()).connection("proposals", ike).child("esp_proposals", esp);
    }

    private static void assertOnlyEsp(TwoSites sites) {
        Capture wire = sites.listen();
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        assertThat(wire.packets()).hasSize(6).allMatch(packet -> packet.kind() == Packet.Kind.ESP);
        assertThat(sites.west().xfrm().states())
                .hasSize(2)
                .allMatch(state -> state.packets() == 3 && state.bytes() > 0);
    }

    private static void assertEspInUdp(TwoSites sites) {
        Capture wire = sites.listen();
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        assertThat(wire.packets())
                .filteredOn(packet -> packet.kind() != Packet.Kind.NAT_KEEPALIVE)
                .hasSize(6)
                .allMatch(packet -> packet.kind() == Packet.Kind.ESP_IN_UDP);
    }

    private static void assertNothingLeft(TwoSites sites) {
        assertThat(sites.west().xfrm()).matches(IpXfrm::isEmpty);
        assertThat(sites.east().xfrm()).matches(IpXfrm::isEmpty);
    }
}
