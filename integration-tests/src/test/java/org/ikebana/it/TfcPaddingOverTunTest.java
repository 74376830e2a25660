package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that do not show how long they are (RFC 4303 2.7), over TUN. */
@NetnsTest
class TfcPaddingOverTunTest {
    private static final String UP = "child SA net\\{1} established";

    @ParameterizedTest
    @CsvSource({"1000, 1000, 1060", "mtu, 1230, 1280"})
    void allPacketsLookTheSame(String padding, int shortest, int longest, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon.startTun(padded(psk(sites.east(), sites.west()), padding));
        IkebanaDaemon west = IkebanaDaemon.startTun(
                padded(psk(sites.west(), sites.east()), padding).child("start_action", "start"));
        west.awaitLog(UP);
        Capture wire = sites.listen();

        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        assertThat(sites.east().ping(sites.west(), 900).allAnswered()).isTrue();

        assertThat(wire.packets(Kind.ESP))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(packet -> assertThat(packet.octets()).isBetween(shortest, longest))
                .extracting(packet -> packet.octets())
                .containsOnly(wire.packets(Kind.ESP).getFirst().octets());
    }

    @ParameterizedTest
    @CsvSource({"start", "none"})
    void strongSwanTakesIt(String startAction, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());
        IkebanaDaemon west = IkebanaDaemon.startTun(
                padded(psk(sites.west(), sites.east()), "1000").child("start_action", startAction));
        if (startAction.equals("none")) {
            east.initiate("net");
        }
        west.awaitLog(UP);
        Capture wire = sites.listen();

        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        assertThat(wire.packets(Kind.ESP_IN_UDP))
                .filteredOn(packet -> packet.octets() >= 1000)
                .hasSize(3);
    }

    private static SwanctlConf padded(SwanctlConf conf, String padding) {
        return conf.child("tfc_padding", padding);
    }
}
