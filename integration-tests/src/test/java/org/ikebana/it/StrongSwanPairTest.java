package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;

/** strongSwan at both ends. A control: what fails here is the fault of the rig. */
@RealKernelTest
class StrongSwanPairTest {
    @Test
    void onlyEspIsOnTheWire(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan west = StrongSwan.start(psk(sites.west(), sites.east()));
        StrongSwan.start(psk(sites.east(), sites.west()));

        west.initiate("net");
        Capture wire = sites.listen();
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        assertThat(wire.packets(Kind.ESP)).hasSize(6);
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
        assertThat(sites.east().xfrm().states()).hasSize(2).allMatch(state -> state.packets() == 3);
    }

    @Test
    void behindNatEspTravelsInUdp(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        StrongSwan west = StrongSwan.start(psk(sites.west(), sites.east()));
        StrongSwan.start(psk(sites.east(), sites.west()));

        west.initiate("net");
        Capture wire = sites.listen();
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        assertThat(wire.packets(Kind.ESP_IN_UDP)).hasSize(6);
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
    }

    @Test
    void rekeyingKeepsTheTunnelAndTerminatingRemovesIt(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan west = StrongSwan.start(psk(sites.west(), sites.east()));
        StrongSwan east = StrongSwan.start(psk(sites.east(), sites.west()));
        west.initiate("net");

        west.rekeyChild("net");
        west.awaitLog("CHILD_SA closed");
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        west.terminate("site");
        Await.until(
                "nothing is left in the kernel",
                Patience.seconds(20),
                () -> sites.west().xfrm().isEmpty());
        assertThat(east.listSas()).isEmpty();
    }
}
