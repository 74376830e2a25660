package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both ends begin, and their messages come in any order: one IKE SA with one pair is left. The nonces decide, as with rekeys
 * (RFC 7296 2.8.2).
 */
class CrossingInitiationTest {
    private static final int MESSAGES_OF_EACH = 4;
    private static final Duration UNTIL_HALF_OPEN_SAS_GO = Duration.ofSeconds(40);
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    /** Each a row of w and e: whose IKE_SA_INIT and IKE_AUTH, requests and answers, are delivered one after the other. */
    static Stream<String> orders() {
        List<String> orders = new ArrayList<>();
        add(orders, "", 0, 0);
        return orders.stream();
    }

    private static void add(List<String> orders, String row, int ofWest, int ofEast) {
        if (row.length() == 2 * MESSAGES_OF_EACH) {
            orders.add(row);
            return;
        }
        if (ofWest < MESSAGES_OF_EACH) {
            add(orders, row + "w", ofWest + 1, ofEast);
        }
        if (ofEast < MESSAGES_OF_EACH) {
            add(orders, row + "e", ofWest, ofEast + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void inAnyOrder(String order) throws Exception {
        crossing(order, UniquePolicy.NO, true);
        crossing(order, UniquePolicy.NO, false);
    }

    @ParameterizedTest
    @EnumSource(UniquePolicy.class)
    void whateverIsUnique(UniquePolicy unique) throws Exception {
        for (String order : List.of("wewewewe", "ewweewwe", "wwewweee", "wweeeeww", "eeewwwwe", "wwwweeee")) {
            crossing(order, unique, true);
            crossing(order, unique, false);
        }
    }

    private static void crossing(String order, UniquePolicy unique, boolean westLoses) throws Exception {
        TwoPeers peers = new TwoPeers();
        Ladder ladder = new Ladder(peers);
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
        Site west = westSite().starting(StartAction.START).unique(unique);
        Site east = eastSite().starting(StartAction.START).unique(unique);
        peers.load(west, east);
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
        peers.pass(Duration.ZERO);
        Crossing crossing = new Crossing(ladder, peers);
        order.chars().forEach(step -> crossing.step(step == 'w'));
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(UNTIL_HALF_OPEN_SAS_GO);

        assertThat(peers.west.engine().ikeSas()).as(order).hasSize(1);
        assertThat(peers.east.engine().ikeSas()).as(order).hasSize(1);
        assertThat(peers.west.ikeSa().childSas()).as(order).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).as(order).hasSize(1);
        peers.assertTunnel();
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.events(IkeEvent.NegotiationFailed.class))
                    .extracting(IkeEvent.NegotiationFailed::failure)
                    .as("nothing but a half-open SA that was given up")
                    .allMatch(Failure.NoAnswer.class::isInstance);
        }
    }

    /** The messages of each end's own exchanges, one after the other; none where they are over earlier. */
    private static final class Crossing {
        private final Ladder ladder;
        private final TwoPeers peers;

        Crossing(Ladder ladder, TwoPeers peers) {
            this.ladder = ladder;
            this.peers = peers;
        }

        /** The next message, request or answer, of the IKE SA that this end began. */
        void step(boolean ofWest) {
            long spi = ofWest ? spi(true) : spi(false);
            ladder.takeOf(datagram -> initiatorSpi(datagram) == spi).ifPresent(ladder::deliver);
        }

        private long spi(boolean ofWest) {
            return peers.network.sent().stream()
                    .filter(d -> d.local().getAddress().getHostAddress().equals(ofWest ? TwoPeers.WEST : TwoPeers.EAST))
                    .filter(d -> d.payload()[18] == 34 && (d.payload()[19] & 0x20) == 0)
                    .mapToLong(Crossing::initiatorSpi)
                    .findFirst()
                    .orElseThrow();
        }

        private static long initiatorSpi(Datagram datagram) {
            return ByteBuffer.wrap(datagram.payload()).getLong();
        }
    }

    /** Who has answered last does not send by the new pair before the peer has had time to read the answer. */
    @Test
    void theLastAnswerMayTakeItsTime() throws Exception {
        TwoPeers peers = new TwoPeers();
        Ladder ladder = new Ladder(peers);
        Datagram answer = answeredLast(peers, ladder);

        Flow flow = new Flow(peers).pass(Duration.ofMillis(500)).arrive();
        ladder.deliver(answer).settle();
        peers.network.byHand(peers.network::deliver);
        flow.pass(UNTIL_HALF_OPEN_SAS_GO).arrive();

        assertThat(flow.eastwardLost()).as("packets lost eastward").isZero();
        assertThat(flow.westwardLost()).as("packets lost westward").isZero();
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    /** The one that was to be kept is closed within that time: the other one is not redundant any more. */
    @Test
    void theOneThatWasToGoStaysIfNothingElseIsLeft() throws Exception {
        TwoPeers peers = new TwoPeers();
        Ladder ladder = new Ladder(peers);
        Datagram answer = answeredLast(peers, ladder);

        IkeSa kept = peers.west.engine().ikeSas().getLast();
        assertThat(kept.origin().isOurs()).isFalse();
        kept.terminate(CloseCause.LOCAL);
        ladder.deliver(answer).settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(UNTIL_HALF_OPEN_SAS_GO);

        assertThat(peers.west.events(IkeEvent.IkeSaClosed.class))
                .extracting(IkeEvent.IkeSaClosed::reason)
                .containsExactly(CloseCause.LOCAL.words());
        peers.assertTunnel();
    }

    /** Both have begun and west's loses; west has just answered east's IKE_AUTH. Returns that answer, which is on its way. */
    private static Datagram answeredLast(TwoPeers peers, Ladder ladder) throws Exception {
        peers.west.nextNonce(LOW);
        peers.east.nextNonce(HIGH);
        peers.load(westSite().starting(StartAction.START), eastSite().starting(StartAction.START));
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
        peers.pass(Duration.ZERO);
        ladder.fromWest().fromEast(); // IKE_SA_INIT, requests
        ladder.fromWest().fromEast(); // IKE_SA_INIT, answers
        ladder.fromWest(); // IKE_AUTH, west's request
        Datagram request = ladder.takeFromEast();
        ladder.fromEast(); // its answer
        ladder.deliver(request);
        return ladder.takeFromWest();
    }

    /** Both have traffic for the same trap. */
    @Test
    void bothAreTriggered() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.TRAP), eastSite().starting(StartAction.TRAP));
        peers.pass(Duration.ofSeconds(1));
        new Flow(peers).pass(Duration.ofSeconds(1));

        peers.pass(UNTIL_HALF_OPEN_SAS_GO);
        assertThat(Flow.passesBothWays(peers)).isTrue();
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    @Test
    void bothReload() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START), eastSite().starting(StartAction.START));
        peers.pass(UNTIL_HALF_OPEN_SAS_GO);

        peers.load(
                westSite().starting(StartAction.START).checkingEvery(Duration.ofSeconds(30)),
                eastSite().starting(StartAction.START).checkingEvery(Duration.ofSeconds(30)));
        peers.pass(Duration.ofMinutes(5));

        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theChildOfTheIkeSaThatGoesIsMadeOnTheOther(boolean westLoses) throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
        Site west = westSite();
        Site east = eastSite();
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        east.starting(StartAction.START).child("other", "10.6.0.0/16", "10.5.0.0/16")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.starting(StartAction.START).child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("other", "10.5.0.0/16", "10.6.0.0/16")));

        peers.pass(UNTIL_HALF_OPEN_SAS_GO);

        assertThat(peers.west.ikeSa().childSas()).hasSize(2);
        assertThat(peers.east.ikeSa().childSas()).hasSize(2);
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
    }

    /** West makes the child and refuses east's; when west's goes, east still knows that the child is wanted. */
    @Test
    void whoWasRefusedWatchesTheChildThatThePeerMade() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START), eastSite().starting(StartAction.START));
        peers.west.memory().faults().refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);
        peers.pass(UNTIL_HALF_OPEN_SAS_GO);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        peers.assertTunnel();

        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(Duration.ofMinutes(2));

        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        peers.assertTunnel();
    }

    /** A daemon that starts again while the other one is beginning, before or after its IKE_SA_INIT was answered. */
    @ParameterizedTest
    @ValueSource(ints = {5, 15, 25, 35})
    void thePeerRestartsMeanwhile(int afterMillis) throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.TRAP).checkingEvery(Duration.ofSeconds(30)), eastSite());
        new Flow(peers).pass(Duration.ofMillis(afterMillis));
        peers.east.kill();
        Host again = new Host(peers.time, peers.network, InetAddress.ofLiteral(TwoPeers.EAST), 5, IkeSettings.DEFAULT);
        again.load(List.of(Site.secret("correct horse")), eastSite().connection());

        peers.pass(Duration.ofMinutes(4));
        peers.west.engine().want("site", "net", DesiredState.UP);
        peers.pass(Duration.ofMinutes(3));

        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(again.ikeSa().childSas()).hasSize(1);
        assertThat(again.ikeSa().id().initiatorSpi())
                .isEqualTo(peers.west.ikeSa().id().initiatorSpi());
    }
}
