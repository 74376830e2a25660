package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.MoveCause;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses change, and the tunnel goes with them (RFC 4555). */
class MobikeTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final InetAddress WEST = InetAddress.ofLiteral(TwoPeers.WEST);
    private static final InetAddress EAST = InetAddress.ofLiteral(TwoPeers.EAST);
    private static final InetAddress NEW_WEST = InetAddress.ofLiteral("198.51.100.1");
    private static final InetAddress NEW_EAST = InetAddress.ofLiteral("198.51.100.2");
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("203.0.113.9");
    private static final Encapsulation NO_UDP = new Encapsulation(0, 0);

    private final TwoPeers peers = new TwoPeers();
    private final Flow flow = new Flow(peers);

    MobikeTest() throws Exception {}

    private void up(Duration dpd) throws Exception {
        up(westSite().mobile(), eastSite().mobile(), dpd);
    }

    private void up(Site west, Site east, Duration dpd) throws Exception {
        peers.load(west.starting(StartAction.START).checkingEvery(dpd), east);
        peers.pass(A_MOMENT);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void goesOnOnPort4500WithoutUdpAroundEsp() throws Exception {
        up(Duration.ZERO);

        assertThat(peers.west.ikeSa().endpoints().local().getPort()).isEqualTo(4500);
        assertThat(peers.east.ikeSa().endpoints().remote().getPort()).isEqualTo(4500);
        assertThat(Flow.ports(peers.west)).isEqualTo(NO_UDP);
        assertThat(peers.network.sent()).hasSize(4);
    }

    @Test
    void theInitiatorsAddressChanges() throws Exception {
        up(Duration.ZERO);
        flow.pass(A_MOMENT);

        peers.west.moveTo(NEW_WEST);
        flow.pass(A_MOMENT).arrive();

        assertMoved(peers.west, MoveCause.OWN_ADDRESS);
        assertMoved(peers.east, MoveCause.PEER_ASKED);
        assertThat(peers.east.ikeSa().endpoints().remote().getAddress()).isEqualTo(NEW_WEST);
        // West's are those that were on their way; east's until its check that west is there is answered: four ways of
        // 10 ms.
        assertThat(flow.eastwardLost()).isLessThanOrEqualTo(1);
        assertThat(flow.westwardLost()).isLessThanOrEqualTo(9);
        peers.assertTunnel();
        assertNoSequenceTwice();
    }

    @Test
    void theRespondersAddressChanges() throws Exception {
        up(Duration.ZERO);

        peers.east.moveTo(NEW_EAST);
        flow.pass(A_MOMENT).arrive();

        assertMoved(peers.east, MoveCause.OWN_ADDRESS);
        assertMoved(peers.west, MoveCause.PEER_ASKED);
        assertThat(peers.west.ikeSa().endpoints().remote().getAddress()).isEqualTo(NEW_EAST);
        assertThat(Flow.passesBothWays(peers)).isTrue();
        peers.assertTunnel();
        assertNoSequenceTwice();
    }

    @Test
    void thereAndBackManyTimes() throws Exception {
        up(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            peers.west.moveTo(i % 2 == 0 ? NEW_WEST : WEST);
            flow.pass(A_MOMENT);
            peers.east.moveTo(i % 2 == 0 ? NEW_EAST : EAST);
            flow.pass(A_MOMENT).arrive();
            assertThat(Flow.passesBothWays(peers)).as("round %d", i).isTrue();
        }
        peers.assertTunnel();
        assertNoSequenceTwice();
        assertThat(peers.west.events(IkeEvent.Warning.class)).isEmpty();
    }

    @Test
    void behindANatAndOutAgain() throws Exception {
        up(Duration.ZERO);

        peers.network.translate(NEW_WEST, OUTSIDE, 1000);
        peers.west.moveTo(NEW_WEST);
        flow.pass(A_MOMENT).arrive();
        assertThat(Flow.ports(peers.west)).isEqualTo(new Encapsulation(4500, 4500));
        assertThat(peers.east.ikeSa().endpoints().remote().getAddress()).isEqualTo(OUTSIDE);
        assertThat(Flow.passesBothWays(peers)).isTrue();
        peers.pass(Duration.ofSeconds(25));
        assertThat(peers.west.keepalives()).as("the mapping is west's to keep").isPositive();

        peers.network.translateNothing();
        peers.west.moveTo(WEST);
        flow.pass(A_MOMENT).arrive();
        assertThat(Flow.ports(peers.west)).isEqualTo(NO_UDP);
        assertThat(Flow.passesBothWays(peers)).isTrue();
        int keepalives = peers.west.keepalives();
        peers.pass(Duration.ofMinutes(1));
        assertThat(peers.west.keepalives()).isEqualTo(keepalives);
        assertNoSequenceTwice();
    }

    /** The child goes on at the old address until it is clear that the peer is at the new one; fresh keys do not wait for that. */
    @Test
    void freshKeysWhileItIsOpenWhereThePeerIs() throws Exception {
        Scene scene = Scene.tunnel(westSite().mobile(), eastSite().mobile());
        Host east = scene.peers.east;
        Spi before = Scene.outbound(east);

        scene.peers.west.moveTo(NEW_WEST);
        scene.peers.pass(Duration.ZERO);
        scene.from(true).from(false); // UPDATE_SA_ADDRESSES
        Datagram question = scene.takeFrom(false); // whether west is there
        assertThat(question.remote().getAddress()).isEqualTo(NEW_WEST);
        scene.peers.west.rekeyChild();
        scene.from(true).from(false); // CREATE_CHILD_SA
        scene.from(true); // DELETE of the old pair

        assertThat(Scene.outbound(east)).as("one outbound SA, the fresh one").isNotEqualTo(before);
        scene.pass(Duration.ofSeconds(20)).assertOnePair();
        assertThat(Flow.passesBothWays(scene.peers)).isTrue();
    }

    /** The same message ID, the same octets, from the new address (RFC 4555 3.5). */
    @Test
    void aRequestUnderWayGoesOnFromTheNewAddress() throws Exception {
        up(Duration.ZERO);
        peers.network.lose(datagram -> true);
        peers.west.rekeyChild();
        Datagram first = peers.network.sent().getLast();
        peers.west.moveTo(NEW_WEST);
        peers.pass(Duration.ofMillis(300));
        Datagram again = peers.network.sent().getLast();

        assertThat(again.payload()).isEqualTo(first.payload());
        assertThat(again.local().getAddress()).isEqualTo(NEW_WEST);
        peers.network.lose(datagram -> false);
        flow.pass(Duration.ofSeconds(10)).arrive();
        assertThat(Flow.passesBothWays(peers)).isTrue();
        assertThat(peers.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
        peers.assertTunnel();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterARekeyOfTheIkeSaTheSameEndDecides(boolean byWest) throws Exception {
        up(Duration.ZERO);
        (byWest ? peers.west : peers.east).ikeSa().rekey();
        peers.pass(A_MOMENT);

        peers.west.moveTo(NEW_WEST);
        flow.pass(A_MOMENT).arrive();
        assertThat(Flow.passesBothWays(peers)).isTrue();
        peers.east.moveTo(NEW_EAST);
        flow.pass(A_MOMENT).arrive();
        assertThat(Flow.passesBothWays(peers)).isTrue();
        peers.assertTunnel();
    }

    /** East has a second address; the way to the first one dies without a word. */
    @Test
    void aDeadPathLeadsToThePeersOtherAddress() throws Exception {
        peers.east.moveTo(EAST, NEW_EAST);
        up(westSite().mobile(), eastSite().mobile().everywhere(), Duration.ofSeconds(5));

        peers.network.lose(datagram -> datagram.local().getAddress().equals(EAST)
                || datagram.remote().getAddress().equals(EAST));
        peers.pass(Duration.ofSeconds(30));

        assertMoved(peers.west, MoveCause.PATH_DEAD);
        assertMoved(peers.east, MoveCause.PEER_ASKED);
        assertThat(peers.west.ikeSa().endpoints().remote().getAddress()).isEqualTo(NEW_EAST);
        assertThat(peers.east.ikeSa().endpoints().local().getAddress()).isEqualTo(NEW_EAST);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneEndThatDoesNotWantItIsEnoughNotToMove(boolean westWants) throws Exception {
        up(
                westWants ? westSite().mobile() : westSite(),
                westWants ? eastSite() : eastSite().mobile(),
                Duration.ZERO);
        int messages = peers.network.sent().size();

        peers.west.moveTo(NEW_WEST);
        peers.pass(A_MOMENT);

        assertThat(peers.network.sent()).hasSize(messages);
        assertThat(peers.west.events(IkeEvent.IkeSaMoved.class)).isEmpty();
    }

    /** Nothing goes to an address that has not answered (RFC 4555 3.7). */
    @Test
    void eastsTrafficWaitsUntilTheNewAddressHasAnswered() throws Exception {
        up(Duration.ZERO);
        peers.network.lose(datagram -> datagram.remote().getAddress().equals(NEW_WEST));
        peers.west.moveTo(NEW_WEST);
        flow.pass(A_MOMENT);

        assertThat(peers.east.ikeSa().endpoints().remote().getAddress()).isEqualTo(NEW_WEST);
        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class)).isEmpty();
        assertThat(peers.east.memory().snapshot().sas())
                .filteredOn(sa -> !sa.source().equals(EAST))
                .allSatisfy(sa -> assertThat(sa.source()).isEqualTo(WEST));

        peers.network.lose(datagram -> false);
        flow.pass(Duration.ofSeconds(10)).arrive();
        assertMoved(peers.east, MoveCause.PEER_ASKED);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void severalMovesBeforeTheFirstIsAnsweredEndAtTheLast() throws Exception {
        up(Duration.ZERO);
        peers.network.lose(datagram -> true);
        peers.west.moveTo(NEW_WEST);
        peers.pass(Duration.ofMillis(300));
        peers.west.moveTo(OUTSIDE);
        peers.pass(Duration.ofMillis(300));
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofSeconds(20));

        assertThat(peers.east.ikeSa().endpoints().remote().getAddress()).isEqualTo(OUTSIDE);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void aChildThatTheKernelDoesNotMoveIsMadeAnew() throws Exception {
        up(Duration.ZERO);
        peers.west.memory().faults().refuse(KernelChange.MoveSa.class::isInstance, Errno.ENOBUFS);

        peers.west.moveTo(NEW_WEST);
        peers.pass(Duration.ofMinutes(1));

        assertThat(peers.west.events(IkeEvent.ChildSaEstablished.class)).hasSize(2);
        peers.assertTunnel();
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void whileAChildIsBeingRekeyedBothPairsMove() throws Exception {
        up(Duration.ZERO);
        Ladder ladder = new Ladder(peers);
        peers.west.rekeyChild();
        ladder.fromWest(); // east has prepared the new pair
        peers.west.moveTo(NEW_WEST);
        peers.pass(Duration.ofMillis(300));
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        flow.pass(A_MOMENT).arrive();

        assertThat(Flow.passesBothWays(peers)).isTrue();
        peers.pass(Duration.ofSeconds(10));
        peers.assertTunnel();
    }

    private static void assertMoved(Host host, MoveCause cause) {
        assertThat(host.events(IkeEvent.IkeSaMoved.class))
                .extracting(IkeEvent.IkeSaMoved::cause)
                .containsExactly(cause);
    }

    private void assertNoSequenceTwice() {
        List<Long> sequences = flow.sequences();
        assertThat(new HashSet<>(sequences)).hasSameSizeAs(sequences);
    }
}
