package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Children and IKE SAs are deleted, by one end or both, and deletions cross (RFC 7296 1.4.1, 2.25). */
class DeleteTest {
    private static final Duration A_RETRANSMISSION = Duration.ofSeconds(10);

    private final Scene scene = Scene.tunnel();

    DeleteTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChildIsGoneAtBothEnds(boolean byWest) {
        Host initiator = scene.host(byWest);
        closeChild(byWest);
        assertThat(initiator.memory().installedSas()).isEmpty();
        scene.from(byWest).from(!byWest);

        assertNoChild();
        assertThat(scene.host(!byWest).events(IkeEvent.ChildSaClosed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo("deleted by the peer"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothDeleteTheChild(boolean westIsHeardFirst) {
        closeChild(true);
        closeChild(false);
        scene.from(westIsHeardFirst).from(!westIsHeardFirst);
        scene.settle();

        assertNoChild();
        assertThat(scene.peers.west.events(IkeEvent.ChildSaClosed.class)).hasSize(1);
        assertThat(scene.peers.east.events(IkeEvent.ChildSaClosed.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothDeleteTheChildAndOneDeleteIsLost(boolean westsIsLost) {
        closeChild(true);
        closeChild(false);
        scene.takeFrom(westsIsLost);
        scene.from(!westsIsLost).settle();

        scene.pass(A_RETRANSMISSION);
        assertNoChild();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeletionOfTheChildMeetsARekeyOfTheIkeSa(boolean deleteByWest) {
        closeChild(deleteByWest);
        scene.host(!deleteByWest).ikeSa().rekey();
        scene.from(deleteByWest).from(!deleteByWest); // the rekey gets TEMPORARY_FAILURE
        scene.settle();
        assertNoChild();

        scene.pass(Duration.ofSeconds(20));
        scene.assertOneIkeSa().assertNoErrors();
        assertThat(scene.peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aDeletionOfTheChildMeetsOneOfTheIkeSa(boolean childByWest, boolean childFirst) {
        closeChild(childByWest);
        scene.host(!childByWest).engine().terminate("site");
        scene.from(childFirst == childByWest).from(childFirst != childByWest);
        scene.settle();

        assertNoIkeSa();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIkeSaIsGoneAtBothEnds(boolean byWest) {
        unwanted();
        scene.host(byWest).engine().terminate("site");
        assertThat(scene.host(byWest).memory().installedSas()).isEmpty();
        scene.from(byWest).from(!byWest);

        assertNoIkeSa();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothDeleteTheIkeSa(boolean westIsHeardFirst) {
        unwanted();
        scene.peers.west.engine().terminate("site");
        scene.peers.east.engine().terminate("site");
        scene.from(westIsHeardFirst).from(!westIsHeardFirst);
        scene.settle();

        assertNoIkeSa();
    }

    /** An IKE SA that has gone answers once more, the same octets, whoever missed them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAnswerToADeleteIsLost(boolean byWest) {
        unwanted();
        IkeSa ended = scene.host(byWest).ikeSa();
        scene.host(byWest).engine().terminate("site");
        Datagram delete = scene.takeFrom(byWest);
        scene.ladder.deliver(delete);
        Datagram lost = scene.takeFrom(!byWest);
        assertThat(scene.host(!byWest).engine().ikeSas()).isEmpty();

        scene.ladder.deliver(delete);
        Datagram again = scene.takeFrom(!byWest);
        assertThat(again.payload()).isEqualTo(lost.payload());
        scene.ladder.deliver(again);
        assertThat(ended.isClosed()).isTrue();
        assertNoIkeSa();
    }

    @Test
    void aClosedIkeSaIsForgottenAfterAFewMinutes() {
        unwanted();
        scene.peers.west.engine().terminate("site");
        Datagram delete = scene.takeFrom(true);
        scene.ladder.deliver(delete);
        scene.settle();

        scene.peers.pass(Duration.ofMinutes(5));
        scene.ladder.deliver(delete);

        assertToldThatThereIsNone(false);
    }

    @Test
    void aSecondRequestToAClosedIkeSaIsNotServed() {
        unwanted();
        scene.peers.east.rekeyChild();
        Datagram other = scene.takeFrom(false);
        scene.peers.west.engine().terminate("site");
        scene.settle();
        scene.pass(Duration.ofMinutes(3));

        scene.ladder.deliver(other);

        assertToldThatThereIsNone(true);
    }

    /** INVALID_IKE_SPI in clear (RFC 7296 2.21.4). */
    private void assertToldThatThereIsNone(boolean byWest) {
        Datagram answer = scene.takeFrom(byWest);
        assertThat(MessageReader.read(answer.payload()))
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(accepted.message().payloads())
                                .containsExactly(NotifyPayload.of(NotifyType.INVALID_IKE_SPI)));
        scene.ladder.deliver(answer);
        assertThat(scene.ladder.isQuiet()).isTrue();
    }

    private void closeChild(boolean byWest) {
        unwanted();
        IkeSa ikeSa = scene.host(byWest).ikeSa();
        ikeSa.childSas().forEach(ikeSa::closeChild);
    }

    /** West does not make again what is deleted; its SAs stay. */
    private void unwanted() {
        scene.peers.west.engine().want("site", "net", DesiredState.ON_DEMAND);
    }

    private void assertNoChild() {
        scene.peers.pass(Duration.ofSeconds(6)); // for late packets
        assertThat(scene.peers.west.ikeSa().childSas()).isEmpty();
        assertThat(scene.peers.east.ikeSa().childSas()).isEmpty();
        assertThat(scene.peers.west.memory().installedSas()).isEmpty();
        assertThat(scene.peers.east.memory().installedSas()).isEmpty();
    }

    private void assertNoIkeSa() {
        assertThat(scene.peers.west.engine().ikeSas()).isEmpty();
        assertThat(scene.peers.east.engine().ikeSas()).isEmpty();
        assertThat(scene.peers.west.memory().installedSas()).isEmpty();
        assertThat(scene.peers.east.memory().installedSas()).isEmpty();
        assertThat(scene.peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(scene.peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }
}
