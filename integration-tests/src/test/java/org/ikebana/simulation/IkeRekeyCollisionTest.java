package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends rekey the IKE SA at once, or one of them deletes it meanwhile (RFC 7296 2.8.2, 2.25.2). */
class IkeRekeyCollisionTest {
    private static final Duration A_REDUNDANT_SA = Duration.ofMinutes(7);
    private static final Duration A_RETRANSMISSION = Duration.ofSeconds(10);
    private static final Consumer<Host> REKEY = host -> host.ikeSa().rekey();

    private final Scene scene = Scene.tunnel();
    private final IkeSa before = scene.peers.west.ikeSa();

    IkeRekeyCollisionTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theLowestNonceLoses(boolean westLoses, boolean westIsHeardFirst) {
        scene.bothDo(REKEY, westLoses);
        scene.from(westIsHeardFirst).from(!westIsHeardFirst); // both requests
        scene.from(westIsHeardFirst).from(!westIsHeardFirst); // both answers

        scene.settle().assertOneIkeSa().assertOnePair().assertNoErrors();

        assertThat(scene.peers.west.events(IkeEvent.RekeysCollided.class)).hasSize(1);
        assertThat(scene.peers.east.events(IkeEvent.RekeysCollided.class)).hasSize(1);
        assertThat(before.isClosed()).isTrue();
        boolean isWests = scene.peers.west.ikeSa().id().initiatorSpi()
                == scene.peers.west.ikeSa().id().ownSpi();
        assertThat(isWests).as("west began the one that is left").isNotEqualTo(westLoses);
        assertThat(scene.peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void bothGuessTheWrongGroup(boolean westLoses, boolean westIsHeardFirst) throws Exception {
        Scene choosy = choosy();
        choosy.bothDo(REKEY, westLoses);
        choosy.from(westIsHeardFirst).from(!westIsHeardFirst); // both requests
        choosy.nonces(westLoses); // of the retries
        choosy.from(westIsHeardFirst).from(!westIsHeardFirst); // INVALID_KE_PAYLOAD, twice
        choosy.answersDrawHigh();
        choosy.from(true).from(false).from(true).from(false);

        choosy.settle().assertOneIkeSa().assertOnePair().assertNoErrors();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneRetryIsSoLateThatNothingCollides(boolean westIsLate) throws Exception {
        Scene choosy = choosy();
        choosy.bothDo(REKEY, true);
        choosy.from(true).from(false);
        choosy.from(true).from(false); // INVALID_KE_PAYLOAD, twice
        Datagram late = choosy.takeFrom(westIsLate);
        choosy.from(!westIsLate).from(westIsLate); // the other's retry

        choosy.ladder.deliver(late); // to an SA that has been rekeyed

        choosy.settle().pass(A_RETRANSMISSION).assertOneIkeSa().assertOnePair();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theAnswerIsLateAndRedundantSasGoByThemselves(boolean westLoses, boolean westIsLate) {
        scene.bothDo(REKEY, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(!westIsLate);
        scene.from(westIsLate);
        scene.settle();

        scene.ladder.deliver(late);
        scene.settle();

        scene.pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestIsLost(boolean westsIsLost) {
        scene.bothDo(REKEY, true);
        scene.takeFrom(westsIsLost);

        scene.pass(A_RETRANSMISSION).pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestIsLate(boolean westIsLate) {
        scene.host(westIsLate).ikeSa().rekey();
        Datagram delayed = scene.takeFrom(westIsLate);
        scene.host(!westIsLate).ikeSa().rekey();
        scene.from(!westIsLate).from(westIsLate); // the other rekey, and its receiver still waits for its own answer
        scene.settle();
        scene.ladder.deliver(delayed);

        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestIsLateAndSoIsTheDelete(boolean westIsLate) {
        scene.host(westIsLate).ikeSa().rekey();
        Datagram delayed = scene.takeFrom(westIsLate);
        scene.host(!westIsLate).ikeSa().rekey();
        scene.from(!westIsLate).from(westIsLate);
        Datagram delete = scene.takeFrom(!westIsLate);

        scene.ladder.deliver(delayed); // TEMPORARY_FAILURE
        scene.settle();
        scene.ladder.deliver(delete);

        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePeerUsesItsNewSaBeforeOurAnswerIsThere(boolean westLoses) {
        scene.bothDo(REKEY, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(westLoses ? false : true); // the loser waits for this
        scene.from(westLoses); // the winner goes over
        Datagram delete = scene.takeFrom(!westLoses);
        scene.host(!westLoses).rekeyChild();

        scene.from(!westLoses).from(westLoses); // on the new SA
        scene.ladder.deliver(late).deliver(delete);

        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
        assertThat(scene.host(westLoses).events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aRekeyMeetsADeletion(boolean rekeyByWest, boolean rekeyFirst) {
        scene.host(rekeyByWest).ikeSa().rekey();
        scene.host(!rekeyByWest).engine().terminate("site");
        scene.from(rekeyFirst == rekeyByWest).from(rekeyFirst != rekeyByWest);

        scene.settle().pass(Duration.ofMinutes(1)).assertOneIkeSa().assertOnePair(); // west wants its child
        assertThat(before.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeleteThatMeetsARekeyIsLost(boolean rekeyByWest) {
        scene.host(rekeyByWest).ikeSa().rekey();
        scene.host(!rekeyByWest).engine().terminate("site");
        scene.takeFrom(!rekeyByWest);

        scene.from(rekeyByWest).from(!rekeyByWest); // TEMPORARY_FAILURE
        scene.pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    /** The peer has gone over to an SA that we end before its answer tells us of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndThatRekeysEndsTheSaMeanwhile(boolean byWest) {
        scene.host(byWest).ikeSa().rekey();
        scene.host(byWest).engine().terminate("site");
        scene.from(byWest).from(!byWest); // the rekey comes off
        scene.settle();

        assertThat(scene.peers.west.engine().ikeSas()).isEmpty();
        assertThat(scene.peers.east.engine().ikeSas()).isEmpty();
        scene.pass(Duration.ofMinutes(1)).assertOneIkeSa().assertOnePair(); // west wants its child
    }

    /** The one of two new SAs that would have won is closed here before the answer to ours is there: ours goes on. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void thePeersNewSaIsClosedBeforeOurAnswerIsThere(boolean westLoses, boolean closedByWest) {
        Host host = scene.host(closedByWest);
        IkeSa first = host.ikeSa();
        scene.bothDo(REKEY, westLoses);
        scene.from(true).from(false); // both requests
        host.engine().ikeSas().stream().filter(sa -> sa != first).forEach(sa -> sa.terminate(CloseCause.LOCAL));
        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    @Test
    void aChildIsDeletedMeanwhile() {
        scene.peers.west.ikeSa().rekey();
        IkeSa east = scene.peers.east.ikeSa();
        east.closeChild(east.childSas().getFirst());
        scene.from(true).from(false); // TEMPORARY_FAILURE, and an answer to the DELETE
        scene.settle();

        scene.pass(Duration.ofMinutes(1)).assertOneIkeSa().assertOnePair();
        assertThat(before.isClosed()).as("west has tried again").isTrue();
    }

    private static Scene choosy() throws Exception {
        return Scene.tunnel(
                TwoPeers.westSite().proposing("aes256gcm16-prfsha256-x25519-ecp256", "aes256gcm16"),
                TwoPeers.eastSite().proposing("aes256gcm16-prfsha256-ecp384-ecp256", "aes256gcm16"));
    }
}
