package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.MoveCause;
import org.ikebana.ike.kernel.Datagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A NAT gives west another port or address: east follows, IKE and ESP together (RFC 7296 2.23). */
class NatMappingTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final InetAddress WEST = InetAddress.ofLiteral(TwoPeers.WEST);
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("203.0.113.9");
    private static final InetAddress OTHER_OUTSIDE = InetAddress.ofLiteral("203.0.113.77");

    private final TwoPeers peers = new TwoPeers();

    NatMappingTest() throws Exception {}

    private void up(boolean mobike, Duration dpd) throws Exception {
        peers.network.translate(WEST, OUTSIDE, 1000);
        Site west = westSite().starting(StartAction.START).checkingEvery(dpd);
        Site east = Site.of(TwoPeers.EAST, "203.0.113.9", "10.2.0.0/16", "10.1.0.0/16")
                .identified(TwoPeers.EAST, TwoPeers.WEST);
        peers.load(mobike ? west.mobile() : west, mobike ? east.mobile() : east);
        peers.pass(A_MOMENT);
        assertThat(Flow.passesBothWays(peers)).isTrue();
        assertThat(peers.east.ikeSa().endpoints().remote()).isEqualTo(new InetSocketAddress(OUTSIDE, 5500));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEspPacketIsEnough(boolean mobike) throws Exception {
        up(mobike, Duration.ZERO);
        int messages = peers.network.sent().size();

        peers.network.translate(WEST, OTHER_OUTSIDE, 2000);
        Flow flow = new Flow(peers).pass(A_MOMENT).arrive();

        assertThat(flow.eastwardLost()).isZero();
        assertThat(flow.westwardLost())
                .as("those that left before west's first packet was there")
                .isLessThanOrEqualTo(3);
        assertThat(peers.east.ikeSa().endpoints().remote()).isEqualTo(new InetSocketAddress(OTHER_OUTSIDE, 6500));
        assertThat(peers.network.sent()).as("no message is needed").hasSize(messages);
        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class)).singleElement().satisfies(moved -> {
            assertThat(moved.cause()).isEqualTo(MoveCause.NAT_MAPPING);
            assertThat(moved.remoteBefore()).isEqualTo(new InetSocketAddress(OUTSIDE, 5500));
        });
        assertThat(peers.west.events(IkeEvent.IkeSaMoved.class)).isEmpty();
        peers.assertTunnel();
    }

    @Test
    void anIkeMessageIsEnough() throws Exception {
        up(false, Duration.ofSeconds(10));

        peers.network.translate(WEST, OUTSIDE, 2000);
        peers.pass(Duration.ofSeconds(25));

        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class)).hasSize(1);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** With MOBIKE an IKE message alone moves nothing (RFC 4555 3.8): west asks how east sees it, and then for the move. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withMobikeLivenessFindsItOut(boolean early) throws Exception {
        up(true, Duration.ofSeconds(10));
        peers.pass(Duration.ofSeconds(early ? 1 : 25));

        peers.network.translate(WEST, OTHER_OUTSIDE, 2000);
        peers.pass(Duration.ofSeconds(25));

        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.cause()).isEqualTo(MoveCause.PEER_ASKED));
        assertThat(peers.east.ikeSa().endpoints().remote()).isEqualTo(new InetSocketAddress(OTHER_OUTSIDE, 6500));
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void whoIsBehindTheNatFollowsNobody() throws Exception {
        up(false, Duration.ZERO);
        Datagram seen = request(() -> peers.east.rekeyChild());

        peers.network.lose(datagram -> true);
        peers.west
                .engine()
                .onDatagram(new Datagram(seen.local(), new InetSocketAddress(OTHER_OUTSIDE, 4500), seen.payload()));
        peers.pass(A_MOMENT);

        assertThat(peers.west.ikeSa().endpoints().remote().getAddress().getHostAddress())
                .isEqualTo(TwoPeers.EAST);
        assertThat(peers.west.events(IkeEvent.IkeSaMoved.class)).isEmpty();
    }

    @Test
    void aRepeatedRequestMovesNothing() throws Exception {
        up(false, Duration.ZERO);
        Datagram seen = request(() -> peers.west.rekeyChild());
        peers.network.deliver(seen);
        peers.pass(A_MOMENT);
        int moves = peers.east.events(IkeEvent.IkeSaMoved.class).size();

        peers.east
                .engine()
                .onDatagram(new Datagram(seen.remote(), new InetSocketAddress(OTHER_OUTSIDE, 4500), seen.payload()));

        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class)).hasSize(moves);
        assertThat(peers.east.ikeSa().endpoints().remote()).isEqualTo(new InetSocketAddress(OUTSIDE, 5500));
    }

    /** Somebody who takes packets off the wire and sends them from elsewhere. */
    @Test
    void aFlappingMappingMovesOnceASecondAtMost() throws Exception {
        up(false, Duration.ZERO);
        int seconds = 5;
        for (int i = 0; i < 100; i++) {
            peers.network.translate(WEST, OUTSIDE, i % 2 == 0 ? 2000 : 3000);
            new Flow(peers).pass(Duration.ofMillis(50));
        }

        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class)).hasSizeBetween(1, seconds + 1);
        peers.network.translate(WEST, OUTSIDE, 4000);
        new Flow(peers).pass(Duration.ofSeconds(2));
        assertThat(Flow.passesBothWays(peers)).as("and ends at the last one").isTrue();
    }

    /** The next request that is sent, which is taken off the wire. */
    private Datagram request(Runnable command) {
        int before = peers.network.sent().size();
        peers.network.lose(datagram -> true);
        command.run();
        peers.network.lose(datagram -> false);
        assertThat(peers.network.sent().size()).isGreaterThan(before);
        return peers.network.sent().get(before);
    }
}
