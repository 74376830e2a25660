package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.Scene.outbound;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both ends rekey at once, with additional key exchanges on both sides or on one (RFC 9370 2.2.4), and messages overtake one
 * another.
 */
class FollowUpCollisionTest {
    private static final String PLAIN = "aes256gcm16-x25519";
    private static final String HYBRID = PLAIN + "-ke1_mlkem512-ke2_ecp256";
    private static final String PLAIN_IKE = "aes256gcm16-prfsha256-x25519";
    private static final String HYBRID_IKE = PLAIN_IKE + "-ke1_mlkem512";
    private static final Duration A_REDUNDANT_SA = Duration.ofMinutes(3);
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(2);
    private static final Consumer<Host> CHILD = Host::rekeyChild;
    private static final Consumer<Host> IKE = host -> host.ikeSa().rekey();

    /** Additional key exchanges whoever asks. */
    private static Scene hybrid() throws Exception {
        return Scene.tunnel(westSite().proposing(HYBRID_IKE, HYBRID), eastSite().proposing(HYBRID_IKE, HYBRID));
    }

    /** Additional key exchanges when one end asks, and none when the other one does. */
    private static Scene mixed() throws Exception {
        return Scene.tunnel(
                westSite().proposing(HYBRID_IKE + "," + PLAIN_IKE, HYBRID + "," + PLAIN),
                eastSite().proposing(PLAIN_IKE + "," + HYBRID_IKE, PLAIN + "," + HYBRID));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyOneEndHasMoreThanOneExchange(boolean ofTheIkeSa) throws Exception {
        int[] messages = new int[2];
        for (boolean byWest : new boolean[] {true, false}) {
            Scene scene = mixed();
            int before = scene.peers.network.sent().size();
            (ofTheIkeSa ? IKE : CHILD).accept(scene.host(byWest));
            scene.settle().assertOneIkeSa().assertOnePair();
            messages[byWest ? 0 : 1] = scene.peers.network.sent().size() - before;
        }
        assertThat(messages[0]).as("messages of the two rekeys").isNotEqualTo(messages[1]);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aChildAndOnlyOneRekeyHasMoreThanOneExchange(boolean westLoses, boolean westIsHeardFirst) throws Exception {
        Scene scene = mixed();
        Spi before = outbound(scene.peers.west);
        scene.bothDo(CHILD, westLoses);
        scene.from(westIsHeardFirst).from(!westIsHeardFirst);
        scene.from(westIsHeardFirst).from(!westIsHeardFirst);
        scene.settle().pass(TRIED_AGAIN).assertOneIkeSa().assertOnePair();
        assertThat(outbound(scene.peers.west)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theIkeSaAndOnlyOneRekeyHasMoreThanOneExchange(boolean westLoses, boolean westIsHeardFirst) throws Exception {
        Scene scene = mixed();
        long before = scene.peers.west.ikeSa().id().ownSpi();
        scene.bothDo(IKE, westLoses);
        scene.from(westIsHeardFirst).from(!westIsHeardFirst);
        scene.from(westIsHeardFirst).from(!westIsHeardFirst);
        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
        assertThat(scene.peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
    }

    /** One answer to CREATE_CHILD_SA comes when all else that can be said has been said. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theAnswerOfAChildComesAfterThePeersDelete(boolean westLoses, boolean westIsLate) throws Exception {
        Scene scene = hybrid();
        Spi before = outbound(scene.peers.west);
        scene.bothDo(CHILD, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(!westIsLate);
        scene.settle();
        scene.ladder.deliver(late);
        scene.settle().pass(TRIED_AGAIN).assertOnePair();
        assertThat(outbound(scene.peers.west)).isNotEqualTo(before);
    }

    /** The winner has rekeyed and closes its child before the loser hears what became of its own request. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAnswerOfAChildComesAfterTheDeletesOfOldAndNew(boolean westLoses) throws Exception {
        Scene scene = hybrid();
        scene.bothDo(CHILD, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(!westLoses);
        scene.settle();
        IkeSa winner = scene.host(!westLoses).ikeSa();
        winner.closeChild(winner.childSas().getFirst());
        scene.settle();
        scene.ladder.deliver(late);
        scene.settle().pass(TRIED_AGAIN).assertOnePair(); // west wants its child
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theAnswerOfTheIkeSaIsLate(boolean westLoses, boolean westIsLate) throws Exception {
        Scene scene = hybrid();
        scene.bothDo(IKE, westLoses);
        scene.from(true).from(false);
        Datagram late = scene.takeFrom(!westIsLate);
        scene.settle();
        scene.ladder.deliver(late);
        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    /** West's request meets a rekey of east's that is over but for its DELETE. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRequestAndTheDeleteAreLate(boolean ofTheIkeSa) throws Exception {
        Scene scene = hybrid();
        Consumer<Host> rekey = ofTheIkeSa ? IKE : CHILD;
        rekey.accept(scene.peers.west);
        Datagram request = scene.takeFrom(true);
        rekey.accept(scene.peers.east);
        int exchanges = ofTheIkeSa ? 2 : 3;
        for (int i = 0; i < exchanges; i++) {
            scene.from(false).from(true);
        }
        Datagram delete = scene.takeFrom(false);
        scene.ladder.deliver(request);
        scene.settle();
        scene.ladder.deliver(delete);
        scene.settle().pass(A_REDUNDANT_SA).assertOneIkeSa().assertOnePair();
    }

    /** East takes another group than west guesses first, and an additional key exchange beside it. */
    @Test
    void aRekeyOfTheIkeSaWithAWrongGuess() throws Exception {
        Scene scene = Scene.tunnel(
                westSite().proposing("aes256gcm16-prfsha256-x25519-ecp256-ke1_mlkem512", "aes256gcm16"),
                eastSite().proposing("aes256gcm16-prfsha256-ecp256-ke1_mlkem512", "aes256gcm16"));
        long before = scene.peers.west.ikeSa().id().ownSpi();
        scene.peers.west.ikeSa().rekey();
        scene.settle().assertOneIkeSa().assertOnePair().assertNoErrors();
        assertThat(scene.peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
        assertThat(scene.peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
    }

    /** A further child is wanted while the peer's rekey of the IKE SA lacks its last exchange: it waits for the new SA. */
    @Test
    void aSecondChildIsWantedDuringTheRekey() throws Exception {
        TwoPeers peers = withFurtherChild();
        Ladder ladder = new Ladder(peers);

        peers.east.ikeSa().rekey();
        ladder.fromEast().fromWest(); // CREATE_CHILD_SA
        peers.west.engine().want("site", "more", DesiredState.UP);
        assertThat(ladder.allFromWest()).as("west would be refused").isEmpty();
        ladder.settle();
        assertThat(peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);

        assertBothChildrenComeUp(peers);
    }

    /** A further child's last exchange comes after the peer has rekeyed the first one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondChildIsFinishedLate(boolean rekeysTheIkeSa) throws Exception {
        TwoPeers peers = withFurtherChild();
        Ladder ladder = new Ladder(peers);

        peers.west.engine().want("site", "more", DesiredState.UP);
        ladder.fromWest().fromEast(); // CREATE_CHILD_SA
        List<Datagram> late = ladder.allFromWest();
        (rekeysTheIkeSa ? IKE : CHILD).accept(peers.east);
        ladder.settle();
        late.forEach(ladder::deliver);
        ladder.settle();
        assertBothChildrenComeUp(peers);
    }

    /** A deletion of the child crosses the last of the rekey's exchanges. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeleteOfTheChildCrossesTheLastExchange(boolean rekeyByWest) throws Exception {
        Scene scene = hybrid();
        CHILD.accept(scene.host(rekeyByWest));
        scene.from(rekeyByWest).from(!rekeyByWest); // CREATE_CHILD_SA
        scene.from(rekeyByWest).from(!rekeyByWest); // the first IKE_FOLLOWUP_KE
        IkeSa other = scene.host(!rekeyByWest).ikeSa();
        other.closeChild(other.childSas().getFirst());
        scene.settle();
        scene.pass(TRIED_AGAIN);
        assertThat(scene.peers.west.ikeSa().childSas())
                .hasSameSizeAs(scene.peers.east.ikeSa().childSas());
        scene.assertOnePair(); // west wants its child
    }

    /** West has "net" up, and "more" is still off. */
    private static TwoPeers withFurtherChild() throws Exception {
        TwoPeers peers = new TwoPeers();
        Site west = westSite().proposing(HYBRID_IKE, HYBRID);
        Site east = eastSite().proposing(HYBRID_IKE, HYBRID);
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        east.child("more", "10.4.0.0/16", "10.3.0.0/16")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.starting(StartAction.START).child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("more", "10.3.0.0/16", "10.4.0.0/16")));
        peers.pass(Duration.ofSeconds(1));
        return peers;
    }

    private static void assertBothChildrenComeUp(TwoPeers peers) {
        peers.network.byHand(peers.network::deliver);
        peers.pass(TRIED_AGAIN);

        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.ikeSa().childSas()).hasSize(2);
        assertThat(peers.east.ikeSa().childSas()).hasSize(2);
        assertThat(peers.west.memory().installedSas()).hasSize(4);
        assertThat(peers.east.memory().installedSas()).hasSize(4);
    }
}
