package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.sa.IkeSaId;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token, a wrong one, or none does to the IKE SA that it is about (RFC 6290 4.5, RFC 7296 2.4). Answers are made by hand. */
class CrashTokenHearingTest extends CrashScene {
    CrashTokenHearingTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMatchingTokenEndsTheIkeSaFromAnyAddress(boolean fromPeersAddress) throws Exception {
        up(StartAction.TRAP, StartAction.NONE, true);
        IkeSaId id = peers.west.ikeSa().id();
        hint(fromPeersAddress ? TwoPeers.EAST : "203.0.113.9", id, token(id, false));

        assertThat(peers.west.engine().ikeSas()).isEmpty();
        assertThat(peers.network.sent()).as("silently").isEmpty();
    }

    /** RFC 6290 4.5: four have to be looked at. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anyOfFourTokensMayBeTheOne(int position) throws Exception {
        up(StartAction.TRAP, StartAction.NONE, true);
        IkeSaId id = peers.west.ikeSa().id();
        Octets[] tokens = IntStream.range(0, 4)
                .mapToObj(i -> i == position ? token(id, false) : Octets.wrap(new byte[32]))
                .toArray(Octets[]::new);
        hint(TwoPeers.EAST, id, tokens);

        assertThat(peers.west.engine().ikeSas()).isEmpty();
    }

    /** Also our own, sent back. */
    @Test
    void aTokenThatIsNotTheOneIsAHintAndNoMore() throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        Octets right = token(id, false);
        List<Octets> wrong = List.of(
                token(id, true),
                Octets.EMPTY,
                right.slice(0, 31),
                Octets.wrap(new byte[32]),
                Octets.wrap(Arrays.copyOf(right.toByteArray(), 33)),
                token(new IkeSaId(id.initiatorSpi(), id.responderSpi() + 1, id.role()), false));
        for (Octets token : wrong) {
            hint(TwoPeers.EAST, id, token);
            peers.pass(A_MOMENT);
        }

        assertThat(peers.west.ikeSa().id()).isEqualTo(id);
        assertThat(peers.west.engine().drops()).containsEntry(DatagramDrop.WRONG_TOKEN, 6L);
        assertThat(peers.network.sent()).as("one liveness check").hasSize(2);
    }

    @Test
    void aTokenForOtherSpisOrInTheWrongDirectionIsNone() throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        Octets right = token(id, false);
        receive(peers.west, TwoPeers.EAST, clear(id.initiatorSpi(), id.responderSpi() + 1, false, true, right));
        receive(peers.west, TwoPeers.EAST, clear(id.initiatorSpi(), id.responderSpi(), true, true, right));
        receive(peers.west, TwoPeers.EAST, clear(id.responderSpi(), id.initiatorSpi(), false, true, right));
        receive(peers.west, TwoPeers.EAST, clear(id.initiatorSpi(), id.responderSpi(), false, false, right));

        assertThat(peers.west.ikeSa().id()).isEqualTo(id);
        assertThat(peers.network.sent()).isEmpty();
    }

    /** RFC 7296 2.4, 2.21.4: whoever sends hints gets one question out of us in ten seconds, and never an SA closed. */
    @Test
    void hintsCostOneLivenessCheckNowAndThen() throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        for (int i = 0; i < 60; i++) {
            hint(TwoPeers.EAST, id);
            peers.pass(Duration.ofMillis(500));
        }

        assertThat(peers.network.sent()).as("three questions, three answers").hasSize(6);
        assertThat(peers.west.ikeSa().id()).isEqualTo(id);
        peers.assertTunnel();
    }

    /** RFC 7296 1.5: an ESP packet was not understood. */
    @Test
    void anUnknownEspSpiIsAHint() throws Exception {
        up(StartAction.START, StartAction.NONE);
        int spi = Scene.outbound(peers.west).value();
        receive(peers.west, TwoPeers.EAST, invalidSpi(Octets.ofInt(spi + 1)));
        receive(peers.west, TwoPeers.EAST, invalidSpi(Octets.ofInt(spi).slice(0, 3)));
        assertThat(peers.network.sent()).isEmpty();

        receive(peers.west, TwoPeers.EAST, invalidSpi(Octets.ofInt(spi)));
        peers.pass(A_MOMENT);
        assertThat(peers.network.sent()).as("question and answer").hasSize(2);
        peers.assertTunnel();
    }

    /** RFC 6290 8.2. */
    @Test
    void aTokenMayComeWithAnUnknownEspSpi() throws Exception {
        up(StartAction.TRAP, StartAction.NONE, true);
        Octets token = token(peers.west.ikeSa().id(), false);
        receive(
                peers.west,
                TwoPeers.EAST,
                invalidSpi(Octets.ofInt(Scene.outbound(peers.west).value()), token));

        assertThat(peers.west.engine().ikeSas()).isEmpty();
    }
}
