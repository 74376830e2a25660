package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Packet;
import org.ikebana.it.net.TwoSites;
import org.junit.jupiter.api.Test;

/** The networks that the other tests stand on: without IPsec, what the hosts say is seen, and seen in clear. */
@NetnsTest
class RigTest {
    @Test
    void hostsReachEachOtherInClear(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Capture wire = sites.listen();

        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        assertThat(wire.packets())
                .hasSize(6)
                .allMatch(packet -> packet.kind() == Packet.Kind.CLEAR)
                .allMatch(packet -> packet.line().contains("10.1.0.2"));
    }

    @Test
    void natHidesTheWesternAddresses(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        Capture wire = sites.listen();

        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();

        assertThat(wire.packets())
                .hasSize(6)
                .allMatch(packet -> packet.line().contains("192.0.2.1"))
                .noneMatch(packet -> packet.line().contains("10.1.0.2"));
    }

    @Test
    void nothingPassesAnUnpluggedCable(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);

        sites.wire().unplug(sites.east().gateway());
        assertThat(sites.west().ping(sites.east()).answered()).isZero();

        sites.wire().replug(sites.east().gateway());
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
    }
}
