package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rekeys and further children with additional key exchanges in IKE_FOLLOWUP_KE (RFC 9370 2.2.4). */
class FollowUpKeyExchangeTest {
    private static final String IKE = "aes256gcm16-prfsha256-x25519-ke1_mlkem768-ke2_mlkem512";
    private static final String ESP = "aes256gcm16-x25519-ke1_mlkem768-ke3_ecp256";
    private static final int CREATE_CHILD_SA = 36;
    private static final int INFORMATIONAL = 37;
    private static final int IKE_FOLLOWUP_KE = 44;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration LINGER = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(21);
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(2);
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    private final TwoPeers peers = new TwoPeers();
    private final Ladder ladder;
    private final long before;
    private final Map<Octets, Long> firstSent = new HashMap<>();

    FollowUpKeyExchangeTest() throws Exception {
        peers.load(
                westSite().proposing(IKE, ESP).starting(StartAction.START),
                eastSite().proposing(IKE, ESP));
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        ladder = new Ladder(peers);
        before = peers.west.ikeSa().id().ownSpi();
        peers.network.sent().clear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChildIsRekeyed(boolean byWest) {
        List<SecurityAssociation> old = peers.west.memory().installedSas();
        host(byWest).rekeyChild();
        ladder.settle();

        assertThat(exchanges()).containsExactly(CREATE_CHILD_SA, IKE_FOLLOWUP_KE, IKE_FOLLOWUP_KE, INFORMATIONAL);
        assertOnePair();
        assertThat(peers.west.memory().installedSas()).doesNotContainAnyElementsOf(old);
        assertThat(peers.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
        assertThat(peers.east.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void thereIsNoChildBeforeTheLastExchange() {
        peers.west.rekeyChild();
        for (int i = 0; i < 2; i++) {
            ladder.allFromWest().forEach(ladder::deliver);
            assertThat(sas(peers.east, Direction.IN)).isEqualTo(1);
            ladder.allFromEast().forEach(ladder::deliver);
            assertThat(sas(peers.west, Direction.IN)).isEqualTo(1);
        }
        ladder.allFromWest().forEach(ladder::deliver);
        assertThat(sas(peers.east, Direction.IN)).isEqualTo(2);
        ladder.settle();
        assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theIkeSaIsRekeyed(boolean byWest) {
        host(byWest).ikeSa().rekey();
        ladder.settle();

        assertThat(exchanges()).containsExactly(CREATE_CHILD_SA, IKE_FOLLOWUP_KE, IKE_FOLLOWUP_KE, INFORMATIONAL);
        assertOneIkeSa();
        assertThat(peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
        peers.east.rekeyChild(); // under the new keys
        ladder.settle();
        assertOnePair();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void bothRekeyAChildAtOnce(boolean westLoses, boolean westsAnswerFirst) {
        nonces(westLoses);
        peers.west.rekeyChild();
        peers.east.rekeyChild();
        noncesAfter();
        ladder.fromWest().fromEast(); // both requests
        if (westsAnswerFirst) {
            ladder.fromWest().fromEast();
        } else {
            ladder.fromEast().fromWest();
        }
        ladder.settle();

        assertOnePair();
        assertThat(followUps(TwoPeers.WEST)).isEqualTo(westLoses ? 0 : 2); // the loser stops, and deletes nothing
        assertThat(followUps(TwoPeers.EAST)).isEqualTo(westLoses ? 2 : 0);
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN);
        assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothRekeyTheIkeSaAtOnce(boolean westLoses) {
        nonces(westLoses);
        peers.west.ikeSa().rekey();
        peers.east.ikeSa().rekey();
        noncesAfter();
        ladder.fromWest().fromEast(); // both requests
        ladder.settle();

        assertOneIkeSa();
        assertThat(peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
        assertThat(followUps(TwoPeers.WEST)).isEqualTo(westLoses ? 0 : 2);
        assertThat(followUps(TwoPeers.EAST)).isEqualTo(westLoses ? 2 : 0);
    }

    /** The peer's request, delayed, meets a rekey that only lacks its additional key exchanges. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRequestComesLate(boolean ofTheIkeSa) {
        rekey(peers.west, ofTheIkeSa);
        Datagram delayed = ladder.takeFromWest();
        rekey(peers.east, ofTheIkeSa);
        ladder.fromEast().fromWest(); // CREATE_CHILD_SA
        ladder.deliver(delayed);
        ladder.settle(); // TEMPORARY_FAILURE
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN);

        assertOneIkeSa();
        assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theWinnerVanishesFromTheWay(boolean ofTheIkeSa) {
        nonces(true);
        rekey(peers.west, ofTheIkeSa);
        rekey(peers.east, ofTheIkeSa);
        noncesAfter();
        ladder.fromWest().fromEast();
        ladder.fromWest().fromEast();
        ladder.allFromEast(); // IKE_FOLLOWUP_KE of the winner, for a while
        peers.pass(PATIENCE); // west forgets it
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN);

        assertOneIkeSa();
        assertOnePair();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aStateThatIsForgottenIsTriedAgain(boolean byWest, boolean ofTheIkeSa) {
        Host asking = host(byWest);
        rekey(asking, ofTheIkeSa);
        forward(byWest);
        back(byWest); // CREATE_CHILD_SA
        List<Datagram> late = byWest ? ladder.allFromWest() : ladder.allFromEast();
        peers.pass(Duration.ofSeconds(20).plusMillis(100)); // the responder does not wait for ever
        ladder.allFromWest();
        ladder.allFromEast();
        late.forEach(ladder::deliver);
        ladder.settle(); // STATE_NOT_FOUND
        assertOnePair();
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN);

        assertOneIkeSa();
        assertOnePair();
        assertThat(asking.events(IkeEvent.class).stream()
                        .filter(e ->
                                ofTheIkeSa ? e instanceof IkeEvent.IkeSaRekeyed : e instanceof IkeEvent.ChildSaRekeyed))
                .hasSize(1);
    }

    @Test
    void aPeerThatKeepsForgettingIsLeft() {
        peers.network.byHand(peers.network::deliver);
        peers.network.lose(d -> exchange(d) == IKE_FOLLOWUP_KE && isRequest(d) && isEarly(d));
        peers.west.rekeyChild();
        peers.pass(Duration.ofMinutes(30));

        assertThat(peers.west.events(IkeEvent.Warning.class))
                .extracting(IkeEvent.Warning::text)
                .contains("the peer has forgotten 3 unfinished exchanges in a row");
        assertThat(peers.east.events(IkeEvent.IkeSaClosed.class)).isNotEmpty();
    }

    /** Requests of the first 25 seconds of each exchange are lost, so that the responder's patience is over. */
    private boolean isEarly(Datagram request) {
        Long first = firstSent.computeIfAbsent(Octets.copyOf(request.payload()), r -> peers.west.nanoTime());
        return peers.west.nanoTime() - first < Duration.ofSeconds(22).toNanos();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeletionMeetsUnfinishedExchanges(boolean ofTheIkeSa) {
        rekey(peers.west, ofTheIkeSa);
        ladder.fromWest().fromEast().fromWest(); // to the first of the additional key exchanges
        peers.east.engine().terminate("site");
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN); // west wants its child

        assertOneIkeSa();
        assertOnePair();
    }

    @Test
    void theOldPairIsDeletedMeanwhile() {
        peers.west.rekeyChild();
        ladder.fromWest().fromEast().fromWest();
        peers.east.ikeSa().closeChild(peers.east.ikeSa().childSas().getFirst());
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN);

        assertThat(peers.east.memory().installedSas())
                .hasSameSizeAs(peers.west.memory().installedSas());
        assertThat(peers.east.ikeSa().childSas())
                .hasSameSizeAs(peers.west.ikeSa().childSas());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void messagesAreLostAndRepeated(long seed) {
        Random random = new Random(seed);
        peers.network.byHand(datagram -> {
            for (int copies = random.nextInt(3); copies > 0; copies--) {
                peers.network.deliver(datagram);
            }
        });
        peers.west.rekeyChild();
        peers.east.ikeSa().rekey();
        peers.pass(Duration.ofMinutes(4));
        peers.network.byHand(peers.network::deliver);
        peers.pass(Duration.ofMinutes(6));

        assertOneIkeSa();
        assertOnePair();
    }

    /** INVALID_KE_PAYLOAD is about the first key exchange; the additional ones are agreed on beside it. */
    @Test
    void anotherGroupIsWanted() throws Exception {
        TwoPeers other = new TwoPeers();
        String west = "aes256gcm16-x25519-ecp256-ke1_mlkem768";
        String east = "aes256gcm16-ecp256-ke1_mlkem768";
        other.load(
                westSite().proposing(IKE, west).starting(StartAction.START),
                eastSite().proposing(IKE, east));
        other.pass(A_MOMENT);
        other.network.sent().clear();
        other.west.rekeyChild();
        other.pass(LINGER.plusSeconds(1));

        other.assertTunnel();
        assertThat(other.network.sent())
                .filteredOn(d -> exchange(d) == CREATE_CHILD_SA)
                .hasSize(4);
        assertThat(other.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void aFurtherChild() throws Exception {
        TwoPeers other = new TwoPeers();
        Site west = westSite().proposing(IKE, ESP).starting(StartAction.START);
        Site east = eastSite().proposing(IKE, ESP);
        other.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        east.child("more", "10.4.0.0/16", "10.3.0.0/16")));
        other.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("more", "10.3.0.0/16", "10.4.0.0/16")));
        other.pass(A_MOMENT);

        assertThat(other.west.ikeSa().childSas()).hasSize(2);
        assertThat(other.east.ikeSa().childSas()).hasSize(2);
        assertThat(keys(other.west)).isEqualTo(keys(other.east));
    }

    private static List<String> keys(Host host) {
        return host.memory().installedSas().stream()
                .map(sa ->
                        HexFormat.of().formatHex(sa.algorithms().encryptionKey().bytes()))
                .sorted()
                .toList();
    }

    private void nonces(boolean westLoses) {
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
    }

    private void noncesAfter() {
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
    }

    private static void rekey(Host host, boolean ofTheIkeSa) {
        if (ofTheIkeSa) {
            host.ikeSa().rekey();
        } else {
            host.rekeyChild();
        }
    }

    private Host host(boolean west) {
        return west ? peers.west : peers.east;
    }

    private void forward(boolean byWest) {
        var unused = byWest ? ladder.fromWest() : ladder.fromEast();
    }

    private void back(boolean byWest) {
        forward(!byWest);
    }

    private List<Integer> exchanges() {
        return peers.network.sent().stream()
                .filter(FollowUpKeyExchangeTest::isRequest)
                .filter(d -> d.payload()[16] != 53 || d.payload()[33] == 1) // of fragments the first
                .map(FollowUpKeyExchangeTest::exchange)
                .toList();
    }

    private long followUps(String sender) {
        return peers.network.sent().stream()
                .filter(d -> d.local().getAddress().getHostAddress().equals(sender))
                .filter(d -> exchange(d) == IKE_FOLLOWUP_KE && isRequest(d))
                .filter(d -> d.payload()[16] != 53 || d.payload()[33] == 1)
                .count();
    }

    private static long sas(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .count();
    }

    private static int exchange(Datagram datagram) {
        return datagram.payload()[18];
    }

    private static boolean isRequest(Datagram datagram) {
        return (datagram.payload()[19] & 0x20) == 0;
    }

    private void assertOneIkeSa() {
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.ikeSa().id().initiatorSpi())
                .isEqualTo(peers.east.ikeSa().id().initiatorSpi());
    }

    private void assertOnePair() {
        peers.pass(LINGER);
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        peers.assertTunnel();
    }
}
