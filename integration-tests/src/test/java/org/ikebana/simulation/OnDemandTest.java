package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;

/** Traps: the first packet brings a child up, and nothing leaves in clear (libreswan's ikev2-ondemand, acquire-distraction). */
class OnDemandTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TwoPeers peers = new TwoPeers();

    OnDemandTest() throws Exception {}

    @Test
    void aPacketBringsItUpOnceHoweverManyFollow() throws Exception {
        peers.load(westSite().starting(StartAction.TRAP), eastSite());
        for (int i = 0; i < 50; i++) {
            assertHeld(packet("10.2.0.7"));
        }
        peers.pass(A_MOMENT);

        peers.assertTunnel();
        assertThat(peers.network.sent()).as("IKE_SA_INIT and IKE_AUTH").hasSize(4);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** libreswan's acquire-distraction-01: the trap that was met decides, not the first connection to that peer. */
    @Test
    void theChildWhoseTrapWasMetComesUp() throws Exception {
        Site west = westSite().starting(StartAction.TRAP);
        Site east = eastSite();
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("a", "10.2.0.0/16", "10.1.0.0/16"), east.child("b", "10.6.0.0/16", "10.1.0.0/16")));
        ConnectionConfig ofWest = west.connection(
                west.child("a", "10.1.0.0/16", "10.2.0.0/16"), west.child("b", "10.1.0.0/16", "10.6.0.0/16"));
        peers.west.load(List.of(Site.secret("correct horse")), ofWest);

        assertHeld(packet("10.6.0.7"));
        peers.pass(A_MOMENT);

        assertThat(peers.west.ikeSa().childSas())
                .singleElement()
                .satisfies(child -> assertThat(child.config().name()).isEqualTo("b"));
        assertHeld(packet("10.2.0.7"));
        peers.pass(A_MOMENT);
        assertThat(peers.west.ikeSa().childSas()).hasSize(2);
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
    }

    @Test
    void aPeerThatIsNotThereIsAskedAgainByTheNextPacket() throws Exception {
        peers.load(westSite().starting(StartAction.TRAP), eastSite());
        peers.network.lose(datagram -> true);
        assertHeld(packet("10.2.0.7"));
        peers.pass(Duration.ofSeconds(200));
        assertThat(peers.west.engine().ikeSas()).isEmpty();

        peers.network.lose(datagram -> false);
        assertHeld(packet("10.2.0.7"));
        peers.pass(A_MOMENT);
        peers.assertTunnel();
    }

    @Test
    void aTrapThatMeetsARefusalOfTheKernelOfAnSpiComesUpWithALaterPacket() throws Exception {
        peers.load(westSite().starting(StartAction.TRAP), eastSite());
        peers.west.memory().faults().refuseSpi(Errno.ENOENT);
        assertHeld(packet("10.2.0.7"));
        peers.pass(Duration.ofSeconds(40));

        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        assertHeld(packet("10.2.0.7"));
        peers.pass(A_MOMENT);
        peers.assertTunnel();
    }

    @Test
    void anAcquireThatIsLostComesAgain() throws Exception {
        peers.load(westSite().starting(StartAction.TRAP), eastSite());
        peers.west.memory().faults().loseEvents(1);
        assertHeld(packet("10.2.0.7"));
        peers.pass(Duration.ofSeconds(31)); // the larval SA has lapsed
        assertThat(peers.west.engine().ikeSas()).isEmpty();

        assertHeld(packet("10.2.0.7"));
        peers.pass(A_MOMENT);
        peers.assertTunnel();
    }

    /** Attempts become rarer, and never cease. */
    @Test
    void aPeerThatIsAwayForADayIsFound() throws Exception {
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.network.lose(datagram -> true);
        peers.pass(Duration.ofDays(1));
        int attempts = peers.west.events(IkeEvent.IkeSaInitiating.class).size();
        assertThat(attempts).isBetween(250, 500);

        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(5));
        peers.assertTunnel();
    }

    private void assertHeld(IpPacket.Clear packet) {
        assertThat(peers.west.memory().packetOut(packet)).isInstanceOf(OutboundVerdict.Held.class);
    }

    private static IpPacket.Clear packet(String destination) {
        return IpPacket.Clear.udp(InetAddress.ofLiteral("10.1.0.7"), 4000, InetAddress.ofLiteral(destination), 4000);
    }
}
