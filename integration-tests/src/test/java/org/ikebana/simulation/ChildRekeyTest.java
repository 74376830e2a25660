package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Child SAs get fresh keys, from either end or both at once (RFC 7296 2.8, 2.8.1, 2.25.1). */
class ChildRekeyTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration LINGER = Duration.ofSeconds(6);
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    private final TwoPeers peers;
    private final Ladder ladder;
    private final Spi before;

    ChildRekeyTest() throws Exception {
        peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        ladder = new Ladder(peers);
        before = outbound(peers.west);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverAsksDeletesTheOldPair(boolean byWest) {
        (byWest ? peers.west : peers.east).rekeyChild();
        Host responder = byWest ? peers.east : peers.west;
        Spi responders = outbound(responder);

        forward(byWest); // CREATE_CHILD_SA request
        assertThat(sas(responder, Direction.IN)).as("the new one can receive").isEqualTo(2);
        assertThat(outbound(responder)).as("and sends through the old one").isEqualTo(responders);
        back(byWest);
        assertThat(outbound(byWest ? peers.west : peers.east)).isNotEqualTo(before);
        assertThat(outbound(responder)).isEqualTo(responders);
        forward(byWest); // DELETE
        assertThat(outbound(responder)).isNotEqualTo(responders);
        back(byWest);

        assertOnePair();
        assertThat(peers.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothRekeyAtOnce(boolean westLoses) {
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
        peers.west.rekeyChild();
        peers.east.rekeyChild();
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);

        ladder.fromWest().fromEast(); // both requests
        ladder.fromWest().fromEast(); // both answers
        ladder.settle();

        assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAnswerComesAfterThePeersDelete(boolean westLoses) {
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
        peers.west.rekeyChild();
        peers.east.rekeyChild();
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
        ladder.fromWest().fromEast();
        Datagram late = ladder.takeFromEast(); // east's answer to west

        ladder.fromWest(); // west's answer: east knows who has lost
        ladder.fromEast(); // east's DELETE, of the old pair or of its own new one
        ladder.deliver(late);
        ladder.settle();

        assertOnePair();
    }

    @Test
    void theRequestComesAfterTheOtherRekeyIsOver() {
        peers.west.rekeyChild();
        Datagram delayed = ladder.takeFromWest();
        peers.east.rekeyChild();
        ladder.fromEast().fromWest(); // east's rekey
        ladder.fromEast(); // and its DELETE
        ladder.fromWest();

        ladder.deliver(delayed); // CHILD_SA_NOT_FOUND or TEMPORARY_FAILURE
        ladder.settle();

        assertOnePair();
        peers.pass(Duration.ofSeconds(20));
        ladder.settle();
        assertOnePair();
    }

    @Test
    void theRequestMeetsAPairThatIsBeingDeleted() {
        peers.west.rekeyChild();
        Datagram delayed = ladder.takeFromWest();
        peers.east.rekeyChild();
        ladder.fromEast().fromWest();
        Datagram delete = ladder.takeFromEast();

        ladder.deliver(delayed); // TEMPORARY_FAILURE: east has announced its deletion
        ladder.fromEast();
        ladder.deliver(delete);
        ladder.settle();

        assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRekeyMeetsADeletion(boolean deleteFirst) {
        peers.west.rekeyChild();
        peers.east.ikeSa().closeChild(peers.east.ikeSa().childSas().getFirst());
        if (deleteFirst) {
            ladder.fromEast().fromWest();
        } else {
            ladder.fromWest().fromEast();
        }
        ladder.settle();

        peers.pass(Duration.ofMinutes(1)); // west wants the child, and makes it anew
        ladder.settle();
        peers.pass(Duration.ofMinutes(1));
        ladder.settle();
        assertOnePair();
    }

    @Test
    void aSoftLimitOfTheKernelRekeys() {
        peers.network.byHand(peers.network::deliver);
        peers.pass(Duration.ofMinutes(61));

        assertOnePair();
        assertThat(outbound(peers.west)).isNotEqualTo(before);
    }

    private void forward(boolean west) {
        if (west) {
            ladder.fromWest();
        } else {
            ladder.fromEast();
        }
    }

    private void back(boolean west) {
        forward(!west);
    }

    private void assertOnePair() {
        peers.pass(LINGER);
        assertThat(ladder.isQuiet()).isTrue();
        peers.assertTunnel();
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
    }

    private static Spi outbound(Host host) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .map(SecurityAssociation::key)
                .map(key -> key.spi())
                .reduce((one, other) -> {
                    throw new AssertionError("two outbound SAs at once");
                })
                .orElseThrow();
    }

    private static long sas(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .count();
    }
}
