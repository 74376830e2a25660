package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Iperf;
import org.ikebana.it.net.Packet;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;

/** What a tunnel between two sites must carry, and what the wire may show of it. */
record Traffic(TwoSites sites) {
    /** With IP and ESP around them: far below, near and far above what the wire takes. */
    private static final List<Integer> SIZES = List.of(56, 1400, 3000);

    private static final double SOME_BITS_PER_SECOND = 1e6;

    /** What may be there beside ESP. A fragment is ESP's: only ICMP could be here in clear. */
    private static final Set<Kind> BESIDE = Set.of(Kind.IKE, Kind.NAT_KEEPALIVE, Kind.UDP_FRAGMENT);

    /** Pings of all sizes, each way; on the wire is this kind of packet and no other. */
    void assertPingsAreOnlySeenAs(Kind kind) {
        Capture wire = sites.listen();
        for (int octets : SIZES) {
            assertPing(sites.west(), sites.east(), octets);
            assertPing(sites.east(), sites.west(), octets);
        }
        assertThat(wire.packets())
                .filteredOn(packet -> !BESIDE.contains(packet.kind()))
                .hasSizeGreaterThanOrEqualTo(6 * 2 * SIZES.size())
                .extracting(Packet::kind)
                .containsOnly(kind);
    }

    /** Bulk data each way; nothing but ESP in UDP and IKE is on the wire meanwhile. */
    void assertIperfBothWays() {
        Capture others = sites.listenForOthers();
        assertIperf(sites.west(), sites.east());
        assertIperf(sites.east(), sites.west());
        assertThat(others.packets()).noneMatch(packet -> packet.kind() == Kind.CLEAR);
    }

    private static void assertIperf(Site from, Site to) {
        Iperf.Flow flow =
                Iperf.between(from.host(), to.host(), to.hostAddress()).tcp(Duration.ofSeconds(1));
        assertThat(flow.bitsPerSecond())
                .as("iperf3 from %s to %s", from.name(), to.name())
                .isGreaterThan(SOME_BITS_PER_SECOND);
    }

    /** IPv6 has to learn the path's MTU from its first packets, which are lost. */
    private static void learnMtu(Site from, Site to, int octets) {
        boolean isKnown = false;
        for (int i = 0; i < 3 && !isKnown; i++) {
            isKnown = Ping.once(from.host(), to.hostAddress(), octets);
        }
    }

    private static void assertPing(Site from, Site to, int octets) {
        if (octets > SIZES.getFirst()) {
            learnMtu(from, to, octets);
        }
        assertThat(from.ping(to, octets).allAnswered())
                .as("%d octets from %s to %s", octets, from.name(), to.name())
                .isTrue();
    }
}
