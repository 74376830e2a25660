package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is the peer there, and what if not (RFC 7296 2.4; dpd_delay, dpd_action)? */
class LivenessTest {
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Duration UNTIL_DEAD = Duration.ofSeconds(200);

    private final TwoPeers peers = new TwoPeers();

    LivenessTest() throws Exception {}

    private void up() throws Exception {
        peers.load(westSite().starting(StartAction.START).checkingEvery(DELAY), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
        peers.network.sent().clear();
    }

    @Test
    void asksWhenNothingWasHeard() throws Exception {
        up();
        peers.pass(Duration.ofSeconds(35));

        assertThat(peers.network.sent()).as("three questions, three answers").hasSize(6);
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
    }

    /** libreswan's ikev2-liveness-11. */
    @Test
    void isSilentWhileTrafficFlows() throws Exception {
        up();
        for (int i = 0; i < 60; i++) {
            new Flow(peers).pass(Duration.ofMillis(5)).arrive();
            peers.pass(Duration.ofSeconds(1));
        }

        assertThat(peers.network.sent()).isEmpty();
    }

    @Test
    void trafficOfOursAloneIsNoSignOfLife() throws Exception {
        up();
        peers.network.lose(datagram -> true);
        for (int i = 0; i < UNTIL_DEAD.toSeconds() / 5; i++) {
            peers.west.memory().packetOut(packet());
            peers.pass(Duration.ofSeconds(5));
        }

        assertThat(peers.west.events(IkeEvent.IkeSaClosed.class))
                .first()
                .satisfies(closed -> assertThat(closed.reason()).contains("does not answer"));
    }

    /** libreswan's ikev2-liveness-12. */
    @Test
    void aPeerThatComesBackDuringTheCheckKeepsItsSas() throws Exception {
        up();
        peers.network.lose(datagram -> true);
        peers.pass(DELAY.plusSeconds(60));
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(2));

        assertThat(peers.west.events(IkeEvent.IkeSaClosed.class)).isEmpty();
        peers.assertTunnel();
    }

    @Test
    void aDeadPeersChildIsMadeAnewOnceItIsBack() throws Exception {
        up();
        peers.network.lose(datagram -> true);
        peers.pass(UNTIL_DEAD);
        assertThat(peers.west.memory().installedSas()).isEmpty();
        assertThat(peers.west.memory().packetOut(packet()))
                .as("its traffic is held")
                .isInstanceOf(OutboundVerdict.Held.class);

        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(4));

        peers.assertTunnel();
        assertThat(peers.east.engine().ikeSas()).as("the old one is replaced").hasSize(1);
    }

    /** What dpd_action names is wanted from then on; libreswan's ikev2-liveness-09 for the trap. */
    @ParameterizedTest
    @EnumSource(
            value = StartAction.class,
            names = {"TRAP", "START"})
    void theActionOfADeadPeer(StartAction action) throws Exception {
        Site west = westSite().starting(StartAction.START).checkingEvery(DELAY);
        ChildConfig child = Children.withDpdAction(west.child("net", west.localNet(), west.remoteNet()), action);
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        peers.west.load(List.of(Site.secret("correct horse")), west.connection(child));
        peers.pass(Duration.ofSeconds(1));

        peers.network.lose(datagram -> true);
        peers.pass(UNTIL_DEAD);

        assertThat(peers.west.engine().desired("site", "net"))
                .contains(action == StartAction.TRAP ? DesiredState.ON_DEMAND : DesiredState.UP);
        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Held.class);
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(4));
        peers.assertTunnel(); // by the packet above, or by itself
    }

    private static IpPacket.Clear packet() throws Exception {
        return IpPacket.Clear.udp(InetAddress.getByName("10.1.0.7"), 4000, InetAddress.getByName("10.2.0.7"), 4000);
    }
}
