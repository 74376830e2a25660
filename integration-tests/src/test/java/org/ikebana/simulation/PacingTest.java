package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.EAST;
import static org.ikebana.simulation.TwoPeers.WEST;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;

/** A start with many tunnels is no storm, and no tunnel is starved. */
class PacingTest {
    private static final String NOBODY = "192.0.2.77";
    private static final int TUNNELS = 400;
    private static final int AT_ONCE = 100;

    private final TwoPeers peers = new TwoPeers(IkeSettings.DEFAULT
            .changed()
            .cookieThreshold(0)
            .cookieThresholdPerAddress(0)
            .blockThresholdPerAddress(0)
            .build());
    private int most;

    PacingTest() throws Exception {
        peers.east.load(
                List.of(Site.secret("a key")),
                Site.of(EAST, WEST, "10.2.0.0/16", "10.1.0.0/16")
                        .unique(UniquePolicy.NEVER)
                        .connection());
    }

    /** @param dead of them, the first ones, have no peer */
    private void load(int dead) throws Exception {
        List<ConnectionConfig> all = new ArrayList<>();
        for (int i = 0; i < TUNNELS; i++) {
            String name = "t" + i;
            String net = "10.1.%d.%d/32".formatted(i / 250, i % 250);
            all.add(Site.of(WEST, i < dead ? NOBODY : EAST, net, "10.2.0.0/16")
                    .starting(i % 2 == 0 ? StartAction.START : StartAction.TRAP_AND_START)
                    .unique(UniquePolicy.NEVER)
                    .with(c -> c.name(name))
                    .connection());
        }
        peers.west.load(List.of(Site.secret("a key")), all.toArray(ConnectionConfig[]::new));
    }

    private void pass(Duration duration) {
        for (long ms = 0; ms < duration.toMillis(); ms += 5) {
            peers.pass(Duration.ofMillis(5));
            most = Math.max(most, (int) peers.west.engine().ikeSas().stream()
                    .filter(sa -> !sa.isEstablished())
                    .count());
        }
    }

    private long up() {
        return peers.west.engine().ikeSas().stream()
                .filter(IkeSa::isEstablished)
                .filter(sa -> !sa.childSas().isEmpty())
                .count();
    }

    @Test
    void soManyAreNegotiatedAtOnceAndAllComeUp() throws Exception {
        load(0);
        pass(Duration.ofSeconds(5));

        assertThat(up()).isEqualTo(TUNNELS);
        assertThat(most).isEqualTo(AT_ONCE);
    }

    @Test
    void peersThatDoNotAnswerKeepNobodyWaitingForLong() throws Exception {
        load(TUNNELS - AT_ONCE);
        pass(Duration.ofSeconds(8));

        assertThat(up()).isEqualTo(AT_ONCE);
    }

    @Test
    void whoeverWaitsHasItsTrafficHeldAndGoesFirstWithAPacket() throws Exception {
        load(TUNNELS - 1);
        IpPacket.Clear packet =
                IpPacket.Clear.udp(InetAddress.getByName("10.1.1.149"), 4000, InetAddress.getByName("10.2.0.7"), 4000);

        assertThat(peers.west.memory().packetOut(packet)).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(Duration.ofMillis(100));

        assertThat(up()).isOne();
    }

    @Test
    void whatACommandAsksForGoesFirst() throws Exception {
        load(TUNNELS - 1);
        peers.west.engine().want("t" + (TUNNELS - 1), "net", DesiredState.UP);
        peers.pass(Duration.ofMillis(100));

        assertThat(up()).isOne();
    }

    @Test
    void whatIsNotWantedAnyMoreHasNoTurn() throws Exception {
        load(TUNNELS - 1);
        peers.west.engine().want("t" + (TUNNELS - 1), "net", DesiredState.OFF);
        pass(Duration.ofSeconds(10));

        assertThat(peers.west.events(IkeEvent.IkeSaInitiating.class))
                .hasSize(TUNNELS - 1)
                .noneMatch(begun -> begun.ikeSa().connection().equals("t" + (TUNNELS - 1)));
    }
}
