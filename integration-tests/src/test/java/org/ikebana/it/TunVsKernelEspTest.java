package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ikebana with ESP over TUN in the west, the kernel's ESP in the east. */
@RealKernelTest
class TunVsKernelEspTest {
    private static final String UP = "child SA net\\{1} established";

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16, no", "aes128-sha256, no", "chacha20poly1305, no",
        "aes256gcm16, yes", "aes128-sha256, yes", "chacha20poly1305, yes",
    })
    void withStrongSwan(String esp, String encap, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint before = Footprint.of(sites.west().gateway());
        StrongSwan east = StrongSwan.start(with(psk(sites.east(), sites.west()), esp, encap));
        IkebanaDaemon west = startWest(sites, esp, encap);

        assertTraffic(sites, encap);

        west.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
        assertThat(east.listSas()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"aes256gcm16, no", "aes128-sha256, yes"})
    void withIkebana(String esp, String encap, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        SwanctlConf eastern = with(psk(sites.east(), sites.west()), esp, encap);
        IkebanaDaemon.start(
                sites.east().gateway(), Map.of("swanctl.conf", eastern.text(), "ikebana.conf", "kernel = xfrm\n"));
        startWest(sites, esp, encap);

        assertTraffic(sites, encap);
    }

    private static IkebanaDaemon startWest(TwoSites sites, String esp, String encap) {
        SwanctlConf western = with(psk(sites.west(), sites.east()), esp, encap);
        IkebanaDaemon west = IkebanaDaemon.startTun(western.child("start_action", "start"));
        west.awaitLog(UP);
        return west;
    }

    private static void assertTraffic(TwoSites sites, String encap) {
        boolean inUdp = encap.equals("yes");
        Traffic traffic = new Traffic(sites);
        traffic.assertPingsAreOnlySeenAs(inUdp ? Kind.ESP_IN_UDP : Kind.ESP);
        assertThat(sites.east().xfrm().states()).hasSize(2).allMatch(state -> state.packets() > 0);
    }

    private static SwanctlConf with(SwanctlConf conf, String esp, String encap) {
        return conf.connection("encap", encap).child("esp_proposals", esp);
    }
}
