package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.Scene.outbound;

import java.time.Duration;
import java.util.function.Consumer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Spi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends rekey the same child at once, and messages overtake one another (RFC 7296 2.8.1, 2.25.1). */
class ChildRekeyCollisionTest {
    private static final Duration A_RETRY = Duration.ofSeconds(20);
    private static final Consumer<Host> REKEY = Host::rekeyChild;

    private final Scene scene = Scene.tunnel();
    private final Spi before = outbound(scene.peers.west);

    ChildRekeyCollisionTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theLowestNonceLoses(boolean westLoses, boolean westIsHeardFirst) {
        scene.bothDo(REKEY, westLoses);
        Spi ofWest = outbound(scene.peers.west);

        scene.from(westIsHeardFirst).from(!westIsHeardFirst); // both requests
        scene.from(westIsHeardFirst).from(!westIsHeardFirst); // both answers
        assertThat(outbound(scene.peers.west).equals(ofWest))
                .as("the loser waits for the winner's DELETE of the old pair")
                .isEqualTo(westLoses);
        scene.settle().assertOnePair().assertNoErrors();

        assertThat(outbound(scene.peers.west)).isNotEqualTo(before);
        assertThat(scene.peers.west.events(IkeEvent.RekeysCollided.class)).hasSize(1);
        assertThat(scene.peers.east.events(IkeEvent.RekeysCollided.class)).hasSize(1);
        assertThat(scene.peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
        assertThat(scene.peers.east.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theAnswerComesAfterThePeersDelete(boolean westLoses, boolean westIsLate) {
        scene.bothDo(REKEY, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(!westIsLate);

        scene.from(westIsLate); // the other answer: its receiver knows who has lost
        scene.from(!westIsLate); // and deletes the old pair, or its own new one
        scene.ladder.deliver(late);

        scene.settle().assertOnePair().assertNoErrors();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theAnswerComesAfterTheDeletesOfOldAndNew(boolean westLoses, boolean westIsLate) {
        scene.bothDo(REKEY, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(!westIsLate);
        Host punctual = scene.host(!westIsLate);
        scene.from(westIsLate).from(!westIsLate).from(westIsLate); // the answer, its DELETE, and what comes back

        punctual.ikeSa().closeChild(punctual.ikeSa().childSas().getFirst());
        scene.from(!westIsLate); // DELETE of what is at work
        scene.ladder.deliver(late);
        scene.settle();

        scene.pass(Duration.ofMinutes(1)).assertOnePair(); // west wants its child
    }

    @Test
    void theRequestMeetsAPairThatIsBeingDeleted() {
        scene.peers.west.rekeyChild();
        Datagram delayed = scene.takeFrom(true);
        scene.peers.east.rekeyChild();
        scene.from(false).from(true);
        Datagram delete = scene.takeFrom(false);

        scene.ladder.deliver(delayed); // TEMPORARY_FAILURE: east has announced its deletion
        scene.from(false);
        scene.ladder.deliver(delete);

        scene.settle().assertOnePair().assertNoErrors();
    }

    @Test
    void theRefusalComesAfterTheDelete() {
        scene.peers.west.rekeyChild();
        Datagram delayed = scene.takeFrom(true);
        scene.peers.east.rekeyChild();
        scene.from(false).from(true);
        Datagram delete = scene.takeFrom(false);
        scene.ladder.deliver(delayed);
        Datagram refusal = scene.takeFrom(false);

        scene.ladder.deliver(delete).deliver(refusal);

        scene.settle().assertOnePair().assertNoErrors();
    }

    @Test
    void theRequestComesAfterTheOtherRekeyIsOver() {
        scene.peers.west.rekeyChild();
        Datagram delayed = scene.takeFrom(true);
        scene.peers.east.rekeyChild();
        scene.from(false).from(true); // east's rekey
        scene.from(false).from(true); // and its DELETE

        scene.ladder.deliver(delayed); // CHILD_SA_NOT_FOUND

        scene.settle().assertOnePair();
        scene.pass(A_RETRY).assertOnePair();
        assertThat(scene.peers.west.events(IkeEvent.ChildSaEstablished.class))
                .as("nothing is made in the place of what was replaced")
                .hasSize(1);
    }

    @Test
    void theRequestComesAfterTheNewPairIsGoneToo() {
        scene.peers.west.rekeyChild();
        Datagram delayed = scene.takeFrom(true);
        scene.peers.east.rekeyChild();
        scene.from(false).from(true).from(false).from(true);
        scene.peers.east.ikeSa().closeChild(scene.peers.east.ikeSa().childSas().getFirst());
        scene.from(false).from(true);

        scene.ladder.deliver(delayed);
        scene.settle();

        scene.pass(Duration.ofMinutes(1)).assertOnePair(); // west wants its child
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

        choosy.settle().assertOnePair().assertNoErrors();
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
        choosy.from(!westIsLate).from(westIsLate); // and its DELETE

        choosy.ladder.deliver(late);

        choosy.settle().assertOnePair();
        choosy.pass(A_RETRY).assertOnePair();
    }

    private static Scene choosy() throws Exception {
        return Scene.tunnel(
                TwoPeers.westSite().proposing("aes256gcm16-prfsha256-x25519", "aes256gcm16-x25519-ecp256"),
                TwoPeers.eastSite().proposing("aes256gcm16-prfsha256-x25519", "aes256gcm16-ecp384-ecp256"));
    }
}
