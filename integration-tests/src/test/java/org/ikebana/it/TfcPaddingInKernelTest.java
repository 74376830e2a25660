package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Padding to one length (RFC 4303 2.7), of ours in the kernel and over TUN, taken by the kernel of strongSwan and sent by it. */
@RealKernelTest
class TfcPaddingInKernelTest {
    @ParameterizedTest
    @CsvSource({"xfrm", "tun"})
    void allPacketsLookTheSame(String kernel, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()).child("tfc_padding", "1000"));
        SwanctlConf western =
                psk(sites.west(), sites.east()).child("tfc_padding", "1000").child("start_action", "start");
        IkebanaDaemon.start(
                        sites.west().gateway(),
                        Map.of("swanctl.conf", western.text(), "ikebana.conf", "kernel = " + kernel + "\n"))
                .awaitLog("child SA net\\{1} established");
        Capture wire = sites.listen();

        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        assertThat(sites.east().ping(sites.west(), 900).allAnswered()).isTrue();

        assertThat(wire.packets(Kind.ESP))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(packet -> assertThat(packet.octets()).isBetween(1000, 1060));
    }
}
