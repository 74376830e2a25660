package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;

/** {@code keyingtries}: so many attempts are made in a row, and the traffic is held all the while and after. */
class KeyingTriesTest {
    private static final Duration LONG = Duration.ofHours(2);

    private final TwoPeers peers = new TwoPeers();

    KeyingTriesTest() throws Exception {}

    private void load(int tries) throws Exception {
        peers.network.lose(datagram -> true);
        peers.load(westSite().starting(StartAction.START).with(c -> c.keyingTries(tries)), eastSite());
        peers.pass(LONG);
    }

    @Test
    void nothingMoreIsTriedThenAndThePacketsAreHeld() throws Exception {
        load(3);

        assertThat(attempts()).isEqualTo(3);
        assertThat(peers.west.engine().desired("site", "net")).isEqualTo(Optional.of(DesiredState.ON_DEMAND));
        assertThat(peers.west.events(IkeEvent.Warning.class))
                .anySatisfy(warning -> assertThat(warning.text()).contains("as keyingtries allows (3)"));
        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(LONG);
        assertThat(attempts()).as("one for the packet").isEqualTo(4);
    }

    @Test
    void aPacketAsksAgain() throws Exception {
        load(2);
        peers.network.lose(datagram -> false);

        peers.west.memory().packetOut(packet());
        peers.pass(Duration.ofSeconds(1));

        peers.assertTunnel();
    }

    @Test
    void aCommandHasAllOfThemMadeAgain() throws Exception {
        load(2);

        peers.west.engine().want("site", "net", DesiredState.UP);
        peers.pass(LONG);

        assertThat(attempts()).isEqualTo(4);
    }

    @Test
    void zeroIsForEver() throws Exception {
        load(0);
        assertThat(attempts()).isGreaterThan(10);
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(10));
        peers.assertTunnel();
    }

    private int attempts() {
        return peers.west.events(IkeEvent.IkeSaInitiating.class).size();
    }

    private static IpPacket.Clear packet() throws Exception {
        return IpPacket.Clear.udp(InetAddress.getByName("10.1.0.7"), 4000, InetAddress.getByName("10.2.0.7"), 4000);
    }
}
