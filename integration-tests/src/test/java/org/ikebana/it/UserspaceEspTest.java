package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Family;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** strongSwan at both ends with ESP in the daemons: the same control, on any Linux. */
@NetnsTest
class UserspaceEspTest {
    @ParameterizedTest
    @CsvSource({"IPV4, IPV4", "IPV4, IPV6", "IPV6, IPV4", "IPV6, IPV6"})
    void carriesPingsOfAllSizesAndBulk(Family outer, Family inner, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab, outer, inner);
        StrongSwan west = StrongSwan.start(psk(sites.west(), sites.east()), StrongSwanSettings.userspaceEsp());
        StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());
        west.initiate("net");

        Traffic traffic = new Traffic(sites);
        traffic.assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
        traffic.assertIperfBothWays();
    }

    @Test
    void espInUdpIsOnTheWire(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan west = StrongSwan.start(psk(sites.west(), sites.east()), StrongSwanSettings.userspaceEsp());
        StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());

        west.initiate("net");
        Capture wire = sites.listen();
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        assertThat(wire.packets(Kind.ESP_IN_UDP)).hasSize(6);
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
    }
}
