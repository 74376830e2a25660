package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child is rekeyed by one end while the other deletes it, or while the IKE SA changes (RFC 7296 2.25.1, 2.25.2). */
class ChildRekeyDeleteTest {
    private static final Duration UNTIL_WEST_HAS_MADE_IT_ANEW = Duration.ofMinutes(1);
    private static final Duration A_RETRANSMISSION = Duration.ofSeconds(10);

    private final Scene scene = Scene.tunnel();

    ChildRekeyDeleteTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyCross(boolean deleteFirst) {
        scene.peers.west.rekeyChild();
        close(scene.peers.east);
        scene.from(!deleteFirst).from(deleteFirst);

        scene.settle().pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeleteIsLost(boolean byWest) {
        scene.host(byWest).rekeyChild();
        close(scene.host(!byWest));
        scene.takeFrom(!byWest);
        scene.from(byWest).from(!byWest); // TEMPORARY_FAILURE: it is being closed

        scene.pass(A_RETRANSMISSION).pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRequestToRekeyIsLost(boolean byWest) {
        scene.host(byWest).rekeyChild();
        scene.takeFrom(byWest);
        close(scene.host(!byWest));
        scene.from(!byWest).from(byWest);

        scene.pass(A_RETRANSMISSION).pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAnswerIsOvertakenByTheDeletesOfOldAndNew(boolean byWest) {
        scene.host(byWest).rekeyChild();
        scene.from(byWest);
        Datagram answer = scene.takeFrom(!byWest);
        close(scene.host(!byWest)); // the old pair, and the prepared one with it
        scene.from(!byWest).from(byWest);
        scene.from(!byWest).from(byWest);

        scene.ladder.deliver(answer);
        scene.settle();

        assertThat(scene.host(byWest).ikeSa().childSas())
                .as("what was deleted before it was known does not come up")
                .isEmpty();
        scene.pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndThatRekeysClosesThePairMeanwhile(boolean byWest) {
        scene.host(byWest).rekeyChild();
        close(scene.host(byWest));
        scene.from(byWest).from(!byWest); // the rekey comes off, and what it made goes as well

        scene.settle();
        assertThat(scene.host(!byWest).ikeSa().childSas()).isEmpty();
        scene.pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRekeyOfTheChildMeetsOneOfTheIkeSa(boolean childByWest) {
        scene.host(childByWest).rekeyChild();
        scene.host(!childByWest).ikeSa().rekey();
        long before = scene.peers.west.ikeSa().id().ownSpi();
        scene.from(childByWest).from(!childByWest); // TEMPORARY_FAILURE both ways
        scene.from(childByWest).from(!childByWest);
        scene.settle().assertNoErrors();
        scene.peers.assertTunnel();
        assertThat(scene.peers.west.ikeSa().id().ownSpi()).isEqualTo(before);

        scene.pass(Duration.ofSeconds(40)).assertOneIkeSa().assertOnePair().assertNoErrors();
        assertThat(scene.peers.west.ikeSa().id().ownSpi())
                .as("each has tried again")
                .isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRekeyMeetsADeletionOfTheIkeSa(boolean rekeyFirst) {
        scene.peers.west.rekeyChild();
        IkeSa old = scene.peers.west.ikeSa();
        scene.peers.east.engine().terminate("site");
        scene.from(rekeyFirst).from(!rekeyFirst);
        scene.settle();
        assertThat(old.isClosed()).isTrue();

        scene.pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOneIkeSa().assertOnePair();
    }

    @Test
    void aRequestToAClosingIkeSaIsRefusedAndItsDeleteGoesOn() {
        scene.peers.east.engine().terminate("site");
        Datagram delete = scene.takeFrom(false);
        scene.peers.west.rekeyChild();
        scene.from(true).from(false); // TEMPORARY_FAILURE
        assertThat(scene.peers.west.ikeSa().childSas()).hasSize(1);

        scene.ladder.deliver(delete);
        scene.settle();

        scene.pass(UNTIL_WEST_HAS_MADE_IT_ANEW).assertOneIkeSa().assertOnePair();
    }

    private static void close(Host host) {
        host.ikeSa().closeChild(host.ikeSa().childSas().getFirst());
    }
}
