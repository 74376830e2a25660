package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;

/** {@code inactivity}: who is not used is closed, and comes back with traffic. */
class InactivityTest {
    private static final Duration INACTIVITY = Duration.ofMinutes(1);

    private final TwoPeers peers = new TwoPeers();

    InactivityTest() throws Exception {}

    private void up() throws Exception {
        peers.load(westSite().starting(StartAction.START).withChild(child -> child.inactivity(INACTIVITY)), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
    }

    private OutboundVerdict send() {
        return peers.west
                .memory()
                .packetOut(IpPacket.Clear.udp(
                        InetAddress.ofLiteral("10.1.0.7"), 4000, InetAddress.ofLiteral("10.2.0.7"), 4000));
    }

    @Test
    void anIdleChildIsClosedAndComesBackWithTraffic() throws Exception {
        up();
        peers.pass(INACTIVITY.multipliedBy(5).dividedBy(4));
        assertThat(peers.west.ikeSa().childSas()).isEmpty();
        assertThat(peers.east.ikeSa().childSas()).isEmpty();
        assertThat(peers.west.engine().desired("site", "net")).contains(DesiredState.ON_DEMAND);

        assertThat(send()).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
    }

    @Test
    void oneThatIsUsedStays() throws Exception {
        up();
        for (int i = 0; i < 10; i++) {
            assertThat(send()).isInstanceOf(OutboundVerdict.Protected.class);
            peers.pass(INACTIVITY.dividedBy(2));
        }
        peers.assertTunnel();
    }

    /** Fresh keys are no use of it, nor do they make it look used. */
    @Test
    void aRekeyIsNoTraffic() throws Exception {
        up();
        peers.pass(INACTIVITY.dividedBy(2));
        peers.west.ikeSa().childSas().forEach(peers.west.ikeSa()::rekeyChild);
        peers.pass(INACTIVITY.multipliedBy(3).dividedBy(4));
        assertThat(peers.west.ikeSa().childSas()).isEmpty();
    }
}
