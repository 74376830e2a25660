package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.regex.Pattern;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Capture;
import org.ikebana.it.net.Netns;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;

/** Two subnets on either side: one child of both at one end, a child for each pair of them at the other (RFC 7296 2.9). */
@NetnsTest
class NarrowingVsStrongSwanTest {
    private static final String WEST_LOW = "10.1.0.0/25";
    private static final String WEST_HIGH = "10.1.0.128/25";
    private static final String EAST_LOW = "10.2.0.0/25";
    private static final String EAST_HIGH = "10.2.0.128/25";
    private static final Pattern INSTALLED = Pattern.compile("INSTALLED");

    @Test
    void itsTwoChildrenAreTheTwoPartsOfOurs(Lab lab) {
        TwoSites sites = sites(lab);
        StrongSwan east =
                strongSwan(inParts(psk(sites.east(), sites.west()), EAST_LOW, WEST_LOW, EAST_HIGH, WEST_HIGH));
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites).child("start_action", "start"));
        west.awaitLog("net\\{1} established");
        west.awaitLog("net\\{2} established");
        west.awaitLog("the peer takes a part of it only.*10.1.0.0/25 === 10.2.0.128/25");

        assertPings(sites);
        assertHeld(sites);
        assertThat(childSas(east)).isEqualTo(2);

        east.rekeyChild("net");
        east.rekeyChild("other");
        west.awaitLog("net\\{4}");
        assertPings(sites);
        Await.until("the old SAs are gone", Patience.seconds(60), () -> childSas(east) == 2);
        west.stop();
        assertThat(east.listSas()).isEmpty();
    }

    @Test
    void whenItBeginsToo(Lab lab) {
        TwoSites sites = sites(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites));
        StrongSwan east =
                strongSwan(inParts(psk(sites.east(), sites.west()), EAST_LOW, WEST_LOW, EAST_HIGH, WEST_HIGH));
        east.initiate("net");
        east.initiate("other");
        west.awaitLog("net\\{2} established");

        assertPings(sites);
        assertThat(childSas(east)).isEqualTo(2);
    }

    @Test
    void ourTwoChildrenAreTwoPartsOfItsOwn(Lab lab) {
        TwoSites sites = sites(lab);
        StrongSwan east = strongSwan(psk(sites.east(), sites.west())
                .child("local_ts", EAST_LOW + "," + EAST_HIGH)
                .child("remote_ts", WEST_LOW + "," + WEST_HIGH));
        SwanctlConf parts = inParts(
                psk(sites.west(), sites.east()).child("start_action", "start"),
                WEST_LOW,
                EAST_LOW,
                WEST_HIGH,
                EAST_HIGH);
        IkebanaDaemon west = IkebanaDaemon.startTun(parts);
        west.awaitLog("net\\{\\d} established");
        west.awaitLog("other\\{\\d} established");

        assertPings(sites);
        assertHeld(sites);
        assertThat(childSas(east)).isEqualTo(2);
    }

    private static SwanctlConf western(TwoSites sites) {
        return psk(sites.west(), sites.east())
                .child("local_ts", WEST_LOW + "," + WEST_HIGH)
                .child("remote_ts", EAST_LOW + "," + EAST_HIGH);
    }

    private static SwanctlConf inParts(SwanctlConf whole, String local, String remote, String local2, String remote2) {
        return whole.child("local_ts", local).child("remote_ts", remote).another("other", local2, remote2);
    }

    /** Hosts and gateways with an address in either subnet: strongSwan wants one of its own in each to route by. */
    private static TwoSites sites(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        sites.west().host().ip("address add 10.1.0.130/24 dev lan");
        sites.east().host().ip("address add 10.2.0.130/24 dev lan");
        sites.west().gateway().ip("address add 10.1.0.129/24 dev lan");
        sites.east().gateway().ip("address add 10.2.0.129/24 dev lan");
        return sites;
    }

    private static StrongSwan strongSwan(SwanctlConf conf) {
        return StrongSwan.start(conf, StrongSwanSettings.userspaceEsp());
    }

    private static void assertPings(TwoSites sites) {
        Capture wire = sites.listen();
        Netns west = sites.west().host();
        Netns east = sites.east().host();
        assertThat(ping(west, "10.1.0.2", "10.2.0.2")).as("low, eastward").isTrue();
        assertThat(ping(west, "10.1.0.130", "10.2.0.130")).as("high, eastward").isTrue();
        assertThat(ping(east, "10.2.0.2", "10.1.0.2")).as("low, westward").isTrue();
        assertThat(ping(east, "10.2.0.130", "10.1.0.130")).as("high, westward").isTrue();
        assertThat(wire.packets(Kind.ESP_IN_UDP)).hasSizeGreaterThanOrEqualTo(8);
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
    }

    /** What has no SA goes nowhere. */
    private static void assertHeld(TwoSites sites) {
        Capture wire = sites.listen();
        assertThat(ping(sites.west().host(), "10.1.0.2", "10.2.0.130")).isFalse();
        assertThat(wire.packets(Kind.CLEAR)).isEmpty();
    }

    private static boolean ping(Netns from, String source, String destination) {
        return from.exec("ping", "-n", "-q", "-c", "1", "-W", "5", "-I", source, destination)
                .tryRun()
                .succeeded();
    }

    private static long childSas(StrongSwan peer) {
        return INSTALLED.matcher(peer.listSas()).results().count();
    }
}
