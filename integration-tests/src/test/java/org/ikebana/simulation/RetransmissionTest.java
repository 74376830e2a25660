package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers that are lost, repeated or forged (RFC 7296 2.1; AOSP's and USGv6's names). */
class RetransmissionTest {
    private final Scene scene = Scene.tunnel();

    RetransmissionTest() throws Exception {}

    /** AOSP: RetransmittedPacketsAreIdentical; USGv6: IKEv2.EN.R.1.2.2.1. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestIsRepeatedOctetByOctet(boolean byWest) {
        scene.host(byWest).rekeyChild();
        Datagram first = scene.takeFrom(byWest);
        scene.peers.pass(Duration.ofSeconds(5));
        Datagram second = scene.takeFrom(byWest);

        assertThat(second.payload()).isEqualTo(first.payload());
        assertThat(scene.host(byWest).events(IkeEvent.RequestRetransmitted.class))
                .hasSize(1);
        scene.ladder.deliver(second);
        scene.settle().assertOnePair();
    }

    /** AOSP: DiscardFakeRetransmittedRequest. */
    @Test
    void aForgedRepetitionIsNotAnswered() {
        scene.peers.west.rekeyChild();
        Datagram request = scene.takeFrom(true);
        scene.ladder.deliver(request);
        Datagram answer = scene.takeFrom(false);
        byte[] forged = request.payload().clone();
        forged[forged.length - 1] ^= 1;

        scene.ladder.deliver(new Datagram(request.local(), request.remote(), forged));
        assertThat(scene.ladder.isQuiet()).isTrue();
        assertThat(scene.peers.east.engine().drops()).containsEntry(DatagramDrop.OUTSIDE_WINDOW, 1L);

        scene.ladder.deliver(answer);
        scene.settle().assertOnePair();
    }

    @Test
    void anAnswerThatComesTwiceIsTakenOnce() {
        scene.peers.west.rekeyChild();
        scene.from(true);
        Datagram answer = scene.takeFrom(false);
        scene.ladder.deliver(answer).deliver(answer);

        scene.settle().assertOnePair().assertNoErrors();
        assertThat(scene.peers.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
    }

    /** libreswan's ikev2-child-rekey-06 and 07-deadlock: more to say than one exchange holds, at both ends. */
    @Test
    void bothEndsHaveMuchToSayAndNobodyWaitsForEver() {
        for (int i = 0; i < 3; i++) {
            scene.peers.west.rekeyChild();
            scene.peers.east.rekeyChild();
            scene.peers.west.ikeSa().rekey();
            scene.peers.east.ikeSa().rekey();
        }
        scene.settle();

        scene.pass(Duration.ofMinutes(4)).assertOneIkeSa().assertOnePair().assertNoErrors();
    }

    /** AOSP: CloseSpi on termination, whenever it comes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 11, 21, 31, 41, 51})
    void anSaThatEndsLeavesNoReservation(int afterMillis) throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofMillis(afterMillis));

        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.west.engine().terminate("site");
        peers.pass(Duration.ofMinutes(4));

        peers.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIkeSaThatEndsDuringARekeyLeavesNoReservation(boolean byWest) throws Exception {
        scene.host(byWest).rekeyChild();
        scene.from(byWest);
        scene.peers.west.engine().want("site", "net", DesiredState.OFF);
        scene.peers.west.engine().terminate("site");
        scene.settle();
        scene.pass(Duration.ofMinutes(3));

        scene.peers.assertNothingLeft();
    }
}
