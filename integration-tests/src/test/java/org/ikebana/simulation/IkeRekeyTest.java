package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IKE SAs get fresh keys, from either end or both at once (RFC 7296 2.8, 2.8.2, 2.25.2). */
class IkeRekeyTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    private final TwoPeers peers;
    private final Ladder ladder;
    private final long before;

    IkeRekeyTest() throws Exception {
        peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(A_MOMENT);
        ladder = new Ladder(peers);
        before = peers.west.ikeSa().id().ownSpi();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theChildrenGoOverAndMessageIdsStartAgain(boolean byWest) {
        (byWest ? peers.west : peers.east).ikeSa().rekey();
        ladder.settle();

        assertOneIkeSa();
        assertThat(peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
        peers.west.rekeyChild();
        assertThat(messageId(ladder.nextOfWest())).isEqualTo(0);
        ladder.settle();
        peers.pass(Duration.ofSeconds(6));
        peers.assertTunnel();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothRekeyAtOnce(boolean westLoses) {
        begin(westLoses);
        ladder.fromWest().fromEast(); // both requests
        ladder.fromWest().fromEast(); // both answers
        ladder.settle();

        assertOneIkeSa();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAnswerComesLate(boolean westLoses) {
        begin(westLoses);
        ladder.fromWest().fromEast();
        Datagram late = ladder.takeFromEast();
        ladder.fromWest();
        while (!ladder.isQuiet()) {
            ladder.settle();
        }
        ladder.deliver(late);
        ladder.settle();

        peers.pass(Duration.ofMinutes(4)); // a redundant SA goes by itself
        ladder.settle();
        assertOneIkeSa();
    }

    @Test
    void theRequestComesLate() {
        peers.west.ikeSa().rekey();
        Datagram delayed = ladder.takeFromWest();
        peers.east.ikeSa().rekey();
        ladder.settle();
        ladder.deliver(delayed);
        ladder.settle();

        peers.pass(Duration.ofMinutes(4));
        ladder.settle();
        assertOneIkeSa();
    }

    @Test
    void aRekeyMeetsADeletion() {
        peers.west.ikeSa().rekey();
        peers.east.engine().terminate("site");
        ladder.fromWest().fromEast();
        ladder.settle();
        peers.network.byHand(peers.network::deliver);

        peers.pass(Duration.ofMinutes(1)); // west wants its child
        assertOneIkeSa();
    }

    @Test
    void aChildIsRekeyedMeanwhile() {
        peers.west.ikeSa().rekey();
        peers.east.rekeyChild();
        ladder.fromWest().fromEast(); // TEMPORARY_FAILURE both ways
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(Duration.ofMinutes(1)); // each tries again

        assertOneIkeSa();
        assertThat(peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
    }

    @Test
    void theLifetimeRekeys() {
        peers.network.byHand(peers.network::deliver);
        peers.pass(Duration.ofHours(4).plusMinutes(1));

        assertOneIkeSa();
        assertThat(peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
    }

    private void begin(boolean westLoses) {
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
        peers.west.ikeSa().rekey();
        peers.east.ikeSa().rekey();
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
    }

    private static int messageId(Datagram datagram) {
        byte[] octets = datagram.payload();
        return (octets[20] & 0xff) << 24 | (octets[21] & 0xff) << 16 | (octets[22] & 0xff) << 8 | octets[23] & 0xff;
    }

    private void assertOneIkeSa() {
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.ikeSa().id().initiatorSpi())
                .isEqualTo(peers.east.ikeSa().id().initiatorSpi());
        assertThat(peers.west.ikeSa().id().responderSpi())
                .isEqualTo(peers.east.ikeSa().id().responderSpi());
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        peers.assertTunnel();
    }
}
