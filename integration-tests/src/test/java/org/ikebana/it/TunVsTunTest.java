package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Duration;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Family;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ikebana with ESP over TUN at both ends: raw ESP, and all that a tunnel promises when its daemon is not there. */
@NetnsTest
class TunVsTunTest {
    private static final String UP = "child SA net\\{1} established";

    @ParameterizedTest
    @CsvSource({
        "IPV4, IPV4, no", "IPV4, IPV6, no", "IPV6, IPV4, no", "IPV6, IPV6, no",
        "IPV4, IPV4, yes", "IPV4, IPV6, yes", "IPV6, IPV4, yes", "IPV6, IPV6, yes",
    })
    void carriesEachFamilyInEach(Family outer, Family inner, String encap, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab, outer, inner);
        Footprint before = Footprint.of(sites.west().gateway());
        IkebanaDaemon east =
                IkebanaDaemon.startTun(psk(sites.east(), sites.west()).connection("encap", encap));
        IkebanaDaemon west = IkebanaDaemon.startTun(
                psk(sites.west(), sites.east()).connection("encap", encap).child("start_action", "start"));
        west.awaitLog(UP);
        east.awaitLog(UP);

        new Traffic(sites).assertPingsAreOnlySeenAs(encap.equals("yes") ? Kind.ESP_IN_UDP : Kind.ESP);

        west.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IPV4", "IPV6"})
    void transportModeProtectsTheGatewaysThemselves(Family family, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab, family, family);
        IkebanaDaemon east = IkebanaDaemon.startTun(hostToHost(sites.east(), sites.west()));
        IkebanaDaemon west =
                IkebanaDaemon.startTun(hostToHost(sites.west(), sites.east()).child("start_action", "start"));
        west.awaitLog(UP);
        east.awaitLog(UP);
        Capture wire = sites.listen();

        assertThat(Ping.from(sites.west().gateway(), sites.east().wan()).allAnswered())
                .isTrue();
        assertThat(Ping.from(sites.east().gateway(), sites.west().wan()).allAnswered())
                .isTrue();

        assertThat(wire.packets(Kind.ESP)).hasSize(12);
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
    }

    @Test
    void theFirstPacketOfATrapIsHeldUntilTheTunnelIsUp(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon.startTun(psk(sites.east(), sites.west()));
        IkebanaDaemon west =
                IkebanaDaemon.startTun(psk(sites.west(), sites.east()).child("start_action", "trap"));
        west.awaitLog("trap installed");
        Capture wire = sites.listen();

        assertThat(Ping.patiently(sites.west().host(), sites.east().hostAddress()))
                .as("the first and only request is answered")
                .isTrue();

        assertThat(west.log()).anyMatch(line -> line.contains("asks for the tunnel"));
        assertThat(wire.packets(Kind.ESP)).hasSize(2);
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
    }

    @Test
    void aKilledDaemonLeavesNoDeviceAndNoWayInClear(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint before = Footprint.of(sites.west().gateway());
        IkebanaDaemon east = IkebanaDaemon.startTun(psk(sites.east(), sites.west()));
        SwanctlConf western = psk(sites.west(), sites.east()).child("start_action", "trap|start");
        IkebanaDaemon west = IkebanaDaemon.startTun(western);
        west.awaitLog(UP);
        east.awaitLog(UP);
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        west.kill();
        Capture wire = sites.listen();
        long start = System.nanoTime();
        assertThat(Ping.patiently(sites.west().host(), sites.east().hostAddress()))
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the gateway says at once that there is no way")
                .isLessThan(Duration.ofSeconds(8));
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before))
                .as("devices")
                .noneMatch(line -> line.startsWith("-brief link"));

        IkebanaDaemon healed = IkebanaDaemon.startTun(western);
        healed.awaitLog(UP);
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        healed.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
    }

    private static SwanctlConf hostToHost(Site local, Site remote) {
        return psk(local, remote)
                .child("mode", "transport")
                .child("local_ts", "dynamic")
                .child("remote_ts", "dynamic");
    }
}
