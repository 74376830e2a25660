package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends authenticate anew at once, and their messages come in any order: one IKE SA with one pair is left. */
class ReauthenticationCollisionTest {
    private static final Duration UNTIL_ALL_IS_TRIED_AGAIN = Duration.ofMinutes(2);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    /** Whose message is delivered next: all orders of four of each end. */
    static Stream<String> orders() {
        List<String> orders = new ArrayList<>();
        add(orders, "", 0, 0);
        return orders.stream();
    }

    private static void add(List<String> orders, String row, int ofWest, int ofEast) {
        if (row.length() == 8) {
            orders.add(row);
            return;
        }
        if (ofWest < 4) {
            add(orders, row + "w", ofWest + 1, ofEast);
        }
        if (ofEast < 4) {
            add(orders, row + "e", ofWest, ofEast + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void inAnyOrder(String order) throws Exception {
        collide(order, UniquePolicy.NO, true);
        collide(order, UniquePolicy.NO, false);
    }

    @ParameterizedTest
    @EnumSource(UniquePolicy.class)
    void whateverIsUnique(UniquePolicy unique) throws Exception {
        for (String order : List.of("wewewewe", "ewweewwe", "wwewweee", "wweeeeww", "eeewwwwe", "wwwweeee")) {
            collide(order, unique, true);
            collide(order, unique, false);
        }
    }

    /** Packets go on both ways meanwhile. */
    @Test
    void noPacketIsLost() throws Exception {
        Scene scene = Scene.tunnel();
        scene.peers.network.byHand(scene.peers.network::deliver);
        Flow flow = new Flow(scene.peers).pass(Duration.ofSeconds(1));

        scene.bothDo(host -> host.ikeSa().reauthenticate(), true);
        flow.pass(LONG_ENOUGH).arrive();

        assertThat(flow.eastwardLost() + flow.westwardLost()).isZero();
        scene.assertOneIkeSa();
        scene.peers.assertTunnel();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theChildIsUnwantedMeanwhile(boolean westLoses) throws Exception {
        Scene scene = Scene.tunnel();
        scene.bothDo(host -> host.ikeSa().reauthenticate(), westLoses);
        scene.peers.pass(Duration.ZERO);

        scene.peers.west.engine().want("site", "net", DesiredState.OFF);
        scene.settle();
        scene.pass(UNTIL_ALL_IS_TRIED_AGAIN);

        assertThat(scene.peers.west.memory().installedSas()).isEmpty();
        assertThat(scene.peers.east.memory().installedSas()).isEmpty();
    }

    /** Of two that both ends have begun at once one is to go, and before it has gone each gets a successor. */
    @Test
    void bothOfACrossingAreReplaced() throws Exception {
        TwoPeers peers = new TwoPeers();
        Ladder ladder = new Ladder(peers);
        peers.west.nextNonce(0x00); // West's loses.
        peers.east.nextNonce(0xff);
        peers.load(
                TwoPeers.westSite().starting(StartAction.START),
                TwoPeers.eastSite().starting(StartAction.START));
        peers.west.nextNonce(0xff);
        peers.east.nextNonce(0xff);
        peers.pass(Duration.ZERO);
        ladder.fromWest().fromEast(); // IKE_SA_INIT, requests
        ladder.fromWest().fromEast(); // IKE_SA_INIT, answers
        ladder.fromWest().fromEast(); // IKE_AUTH, requests
        Datagram late = ladder.takeFromEast();
        ladder.fromWest();
        assertThat(peers.east.engine().ikeSas()).hasSize(2).allMatch(IkeSa::isEstablished);

        peers.east.engine().ikeSas().forEach(IkeSa::reauthenticate);
        peers.pass(Duration.ZERO);
        ladder.settle().deliver(late).settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(UNTIL_ALL_IS_TRIED_AGAIN);

        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    /** A rekey that comes together with the answer is done before it is looked which of the two IKE SAs is to go. */
    @Test
    void oneOfACrossingIsRekeyedAtTheSameMoment() throws Exception {
        TwoPeers peers = new TwoPeers();
        Ladder ladder = new Ladder(peers);
        peers.load(
                TwoPeers.westSite().starting(StartAction.START),
                TwoPeers.eastSite().starting(StartAction.START));
        peers.pass(Duration.ZERO);
        ladder.fromWest().fromEast(); // IKE_SA_INIT, requests
        ladder.fromWest().fromEast(); // IKE_SA_INIT, answers
        ladder.fromWest().fromEast(); // IKE_AUTH, requests
        Datagram answer = ladder.takeFromEast();
        peers.east.ikeSa().rekey();
        peers.network.deliver(answer);
        peers.network.deliver(ladder.takeFromEast()); // CREATE_CHILD_SA
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(LONG_ENOUGH);

        assertThat(peers.west.events(IkeEvent.IkeSaRekeyed.class)).isNotEmpty();
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    /**
     * One IKE SA that east has begun is late: west's has been there before it, and east has authenticated that anew. Of the
     * two of east the last one gets the children, also the one that was not asked for on it.
     */
    @Test
    void anOlderBeginningIsLate() throws Exception {
        TwoPeers peers = new TwoPeers();
        Ladder ladder = new Ladder(peers);
        Site west = TwoPeers.westSite().unique(UniquePolicy.NEVER).starting(StartAction.START);
        Site east = TwoPeers.eastSite().unique(UniquePolicy.NEVER).starting(StartAction.START);
        List<SharedKey> secret = List.of(Site.secret("correct horse"));
        peers.west.load(
                secret,
                west.connection(
                        west.child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("v", "10.5.0.0/16", "10.6.0.0/16")));
        peers.east.load(
                secret,
                east.connection(
                        east.child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        east.starting(StartAction.NONE).child("v", "10.6.0.0/16", "10.5.0.0/16")));
        peers.pass(Duration.ZERO);
        ladder.fromWest().fromEast(); // IKE_SA_INIT, requests
        ladder.fromWest().fromEast(); // IKE_SA_INIT, answers
        Datagram late = ladder.takeFromEast(); // IKE_AUTH
        ladder.settle();
        peers.east.ikeSa().reauthenticate();
        peers.pass(Duration.ZERO);
        ladder.settle();

        ladder.deliver(late).settle();
        assertThat(peers.east.engine().ikeSas()).hasSize(2).allMatch(IkeSa::isEstablished);
        peers.network.byHand(peers.network::deliver);
        peers.pass(LONG_ENOUGH);

        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.engine().ikeSas()).hasSize(1);
            assertThat(host.ikeSa().childSas())
                    .extracting(child -> child.config().name())
                    .containsExactlyInAnyOrder("net", "v");
            assertThat(host.memory().installedSas()).hasSize(4);
        }
    }

    private static void collide(String order, UniquePolicy unique, boolean westLoses) throws Exception {
        Scene scene = Scene.tunnel(
                TwoPeers.westSite().unique(unique), TwoPeers.eastSite().unique(unique));
        IkeSa old = scene.peers.west.ikeSa();
        scene.bothDo(host -> host.ikeSa().reauthenticate(), westLoses);
        scene.peers.pass(Duration.ZERO);
        for (char step : order.toCharArray()) {
            Optional<Datagram> next = scene.ladder.takeOf(datagram -> isFrom(datagram, step == 'w'));
            next.ifPresent(scene.ladder::deliver);
            assertOneSends(scene);
        }
        scene.settle();
        scene.pass(UNTIL_ALL_IS_TRIED_AGAIN);

        assertThat(old.isClosed()).as(order).isTrue();
        scene.assertOneIkeSa().assertOnePair();
    }

    /** Throws where two do. */
    private static void assertOneSends(Scene scene) {
        Scene.outbound(scene.peers.west);
        Scene.outbound(scene.peers.east);
    }

    private static boolean isFrom(Datagram datagram, boolean west) {
        return datagram.local().getAddress().getHostAddress().equals(west ? TwoPeers.WEST : TwoPeers.EAST);
    }
}
