package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSaId;
import org.ikebana.ike.wire.ExchangeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A peer that was started anew proves that it has lost its SAs, and they are made again at once (RFC 6290). Between two Ikebanas:
 * strongSwan does not have it.
 */
class QuickCrashDetectionTest extends CrashScene {
    QuickCrashDetectionTest() throws Exception {}

    /** Without it this takes all retransmissions of a liveness check, 165 seconds. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTunnelIsBackOneRoundTripAfterTheFirstQuestion(boolean initiatorCrashes) throws Exception {
        up(StartAction.START, StartAction.NONE);
        Host survivor = initiatorCrashes ? peers.east : peers.west;
        IkeSaId before = survivor.ikeSa().id();
        survivor.engine().want("site", "net", DesiredState.UP);
        peers.restart(initiatorCrashes, TELLING);
        Host fresh = initiatorCrashes ? peers.west : peers.east;
        Site site = initiatorCrashes ? westSite() : eastSite();
        fresh.load(List.of(Site.secret("correct horse")), site.connection());
        survivor.ikeSa().checkLiveness();
        peers.pass(A_MOMENT);

        assertThat(survivor.ikeSa().id()).isNotEqualTo(before);
        peers.assertTunnel();
        assertThat(closed(survivor)).containsExactly(LOST);
        assertThat(survivor.events(IkeEvent.RequestRetransmitted.class)).isEmpty();
    }

    @Test
    void afterARekeyOfTheIkeSaBothHaveNewTokens() throws Exception {
        for (boolean westRekeys : new boolean[] {true, false}) {
            for (boolean westCrashes : new boolean[] {true, false}) {
                peers = new TwoPeers(TELLING);
                up(StartAction.START, StartAction.NONE);
                (westRekeys ? peers.west : peers.east).ikeSa().rekey();
                peers.pass(A_MOMENT);
                Host survivor = westCrashes ? peers.east : peers.west;
                Host crashed = westCrashes ? peers.west : peers.east;
                IkeSaId now = survivor.ikeSa().id();
                forget(crashed);
                survivor.ikeSa().checkLiveness();
                peers.pass(A_MOMENT);

                assertThat(closed(survivor)).as(now.toString()).contains(LOST);
            }
        }
    }

    /** With additional key exchanges the new IKE SA is there only after the last of them (RFC 9370). */
    @Test
    void theTokensAreToldWithFollowUpExchangesToo() throws Exception {
        String hybrid = "aes256gcm16-prfsha256-x25519-ke1_mlkem768";
        peers.load(
                westSite().proposing(hybrid, "aes256gcm16").starting(StartAction.START),
                eastSite().proposing(hybrid, "aes256gcm16"));
        peers.pass(A_MOMENT);
        peers.west.ikeSa().rekey();
        peers.pass(A_MOMENT);
        forget(peers.east);
        peers.west.ikeSa().checkLiveness();
        peers.pass(A_MOMENT);

        assertThat(closed(peers.west)).contains(LOST);
    }

    /** What dpd_action says of a peer that is gone holds here as well. */
    @ParameterizedTest
    @EnumSource(
            value = StartAction.class,
            names = {"TRAP", "START"})
    void theActionOfAPeerThatWasLost(StartAction action) throws Exception {
        Site west = westSite().starting(StartAction.START).withChild(c -> c.dpdAction(action));
        peers.load(west, eastSite());
        peers.pass(A_MOMENT);
        forget(peers.east);
        peers.west.ikeSa().checkLiveness();
        peers.pass(A_MOMENT);

        assertThat(closed(peers.west)).containsExactly(LOST);
        assertThat(peers.west.events(IkeEvent.IkeSaInitiating.class)).hasSize(action == StartAction.START ? 2 : 1);
    }

    /** The peer may use a new IKE SA before we have its answer: it is as good as there. */
    @Test
    void ofAnIkeSaThatIsBeingMadeNoTokenIsOut() throws Exception {
        Scene scene = telling();
        scene.peers.west.ikeSa().rekey();
        scene.from(true);
        Datagram answer = scene.takeFrom(false); // is late
        IkeSaId fresh = scene.peers.east.ikeSa().id();
        scene.peers.network.sent().clear();
        scene.peers.east.ikeSa().checkLiveness();
        scene.settle();
        peers = scene.peers;

        assertThat(tokensInClear()).isEmpty();
        scene.ladder.deliver(answer).settle();
        scene.pass(Duration.ofSeconds(20)).assertOnePair();
        assertThat(scene.peers.west.ikeSa().id())
                .isEqualTo(new IkeSaId(
                        fresh.initiatorSpi(),
                        fresh.responderSpi(),
                        scene.peers.west.ikeSa().id().role()));
    }

    @Test
    void anEndThatHasItSwitchedOffNeitherTellsNorBelieves() throws Exception {
        peers = new TwoPeers(TELLING.changed().quickCrashDetection(false).build());
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        hint(TwoPeers.EAST, id, token(id, false));
        peers.pass(A_MOMENT);
        assertThat(peers.west.ikeSa().id()).isEqualTo(id);

        peers.network.sent().clear();
        receive(peers.east, TwoPeers.WEST, protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0));
        assertThat(tokensInClear()).isEmpty();
        assertThat(peers.network.sent()).hasSize(1);
    }
}
