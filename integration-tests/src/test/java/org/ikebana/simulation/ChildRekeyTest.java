package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.Scene.outbound;
import static org.ikebana.simulation.Scene.sas;

import java.time.Duration;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Child SAs get fresh keys, from either end (RFC 7296 1.3.3, 2.8). */
class ChildRekeyTest {
    private static final Duration A_RETRY = Duration.ofSeconds(20);

    private final Scene scene = Scene.tunnel();

    ChildRekeyTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverAsksDeletesTheOldPair(boolean byWest) {
        Host initiator = scene.host(byWest);
        Host responder = scene.host(!byWest);
        Spi initiators = outbound(initiator);
        Spi responders = outbound(responder);
        initiator.rekeyChild();

        scene.from(byWest); // CREATE_CHILD_SA request
        assertThat(sas(responder, Direction.IN)).as("the new one can receive").isEqualTo(2);
        assertThat(outbound(responder)).as("and sends through the old one").isEqualTo(responders);
        scene.from(!byWest);
        assertThat(outbound(initiator)).isNotEqualTo(initiators);
        assertThat(sas(initiator, Direction.IN)).as("late packets are taken").isEqualTo(2);
        assertThat(outbound(responder)).isEqualTo(responders);
        scene.from(byWest); // DELETE
        assertThat(outbound(responder)).isNotEqualTo(responders);
        scene.from(!byWest);

        scene.assertOnePair().assertNoErrors();
        assertThat(scene.peers.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
        assertThat(scene.peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongGuessOfTheGroupCostsOneRoundTrip(boolean byWest) throws Exception {
        Site west = TwoPeers.westSite().proposing("aes256gcm16-prfsha256-x25519", "aes256gcm16-x25519-ecp256");
        Site east = TwoPeers.eastSite().proposing("aes256gcm16-prfsha256-x25519", "aes256gcm16-ecp384-ecp256");
        Scene choosy = Scene.tunnel(west, east);
        Spi before = outbound(choosy.peers.west);
        choosy.host(byWest).rekeyChild();

        choosy.from(byWest).from(!byWest); // INVALID_KE_PAYLOAD
        choosy.from(byWest).from(!byWest); // the other group
        choosy.from(byWest).from(!byWest); // DELETE

        choosy.assertOnePair().assertNoErrors();
        assertThat(outbound(choosy.peers.west)).isNotEqualTo(before);
    }

    @Test
    void aSoftLimitIsNothingNewWhileThePeersDeleteIsAwaited() {
        ChildSa old = child(scene.peers.east);
        scene.peers.west.rekeyChild();
        scene.from(true);

        scene.peers.east.engine().onKernelEvent(new KernelEvent.SoftExpire(old.inbound(), old.reqid()));

        scene.from(false);
        assertThat(scene.takeFrom(true))
                .as("west's DELETE, and east has not asked")
                .isNotNull();
        assertThat(scene.ladder.isQuiet()).isTrue();
    }

    @Test
    void aHardLimitWhileThePeersDeleteIsAwaitedGoesOverToTheNewPair() {
        ChildSa old = child(scene.peers.east);
        Spi before = outbound(scene.peers.east);
        scene.peers.west.rekeyChild();
        scene.from(true);

        scene.peers.east.engine().onKernelEvent(new KernelEvent.HardExpire(old.inbound(), old.reqid()));
        assertThat(outbound(scene.peers.east)).isNotEqualTo(before);

        scene.settle().assertOnePair();
        assertThat(scene.peers.east.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @Test
    void theNewPairIsClosedByHandBeforeTheOldOneIsGone() {
        scene.peers.west.rekeyChild();
        scene.from(true).from(false); // west has gone over, its DELETE is on its way
        Datagram deleteOfOld = scene.takeFrom(true);
        scene.peers.west.engine().want("site", "net", DesiredState.OFF);

        scene.ladder.deliver(deleteOfOld);
        scene.settle();
        scene.peers.pass(Duration.ofSeconds(6));

        assertThat(scene.peers.west.ikeSa().childSas()).isEmpty();
        assertThat(scene.peers.east.ikeSa().childSas()).isEmpty();
        assertThat(scene.peers.west.memory().installedSas()).isEmpty();
        assertThat(scene.peers.east.memory().installedSas()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeleteThatIsNeverAnsweredClosesTheNewPairOnceAndNotTheOldOneAgain(boolean byWest) {
        Host initiator = scene.host(byWest);
        initiator.rekeyChild();
        scene.from(byWest).from(!byWest);

        scene.peers.network.byHand(lost -> {});
        scene.peers.pass(Duration.ofSeconds(200)); // all retransmissions

        assertThat(initiator.events(IkeEvent.ChildSaClosed.class)).hasSize(1);
        assertThat(initiator.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void aRequestThatIsRepeatedMakesNoSecondPair() {
        scene.peers.west.rekeyChild();
        Datagram request = scene.takeFrom(true);
        scene.ladder.deliver(request);
        Datagram answer = scene.takeFrom(false);
        scene.ladder.deliver(request);
        Datagram again = scene.takeFrom(false);

        assertThat(again.payload()).isEqualTo(answer.payload());
        assertThat(sas(scene.peers.east, Direction.IN)).isEqualTo(2);
        scene.ladder.deliver(answer).deliver(again);
        scene.settle().assertOnePair();
    }

    @Test
    void aRefusalIsTriedAgainAndTheOldPairGoesOn() {
        ChildSa old = child(scene.peers.west);
        scene.peers.east.memory().faults().refuseSpi(Errno.ENOENT);
        scene.peers.west.rekeyChild();
        scene.settle();
        assertThat(scene.peers.west.ikeSa().childSas()).containsExactly(old);

        scene.pass(Duration.ofMinutes(1).plus(A_RETRY)).assertOnePair();

        assertThat(scene.peers.west.ikeSa().childSas()).doesNotContain(old);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKernelThatRefusesTheNewPairLeavesTheOldOneAtBothEnds(boolean atWest) {
        Spi before = outbound(scene.host(atWest));
        refuseSa(atWest);
        scene.peers.west.rekeyChild();
        scene.settle();
        assertThat(outbound(scene.host(atWest))).isEqualTo(before);
        scene.peers.assertTunnel();

        scene.pass(Duration.ofMinutes(1).plus(A_RETRY)).assertOnePair();
        assertThat(outbound(scene.host(atWest))).isNotEqualTo(before);
    }

    @Test
    void aSoftLimitOfTheKernelRekeys() {
        Spi before = outbound(scene.peers.west);
        scene.peers.network.byHand(scene.peers.network::deliver);
        scene.peers.pass(Duration.ofMinutes(61));

        scene.assertOnePair();
        assertThat(outbound(scene.peers.west)).isNotEqualTo(before);
    }

    private void refuseSa(boolean atWest) {
        scene.host(atWest).memory().faults().refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);
    }

    private static ChildSa child(Host host) {
        return host.ikeSa().childSas().getFirst();
    }
}
