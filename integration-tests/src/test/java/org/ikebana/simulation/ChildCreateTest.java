package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A second child on an IKE SA, from either end or both at once (RFC 7296 1.3.1, 2.25). */
class ChildCreateTest {
    private static final String SECOND = "other";
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    private final TwoPeers peers = new TwoPeers();
    private final Ladder ladder;

    ChildCreateTest() throws Exception {
        Site west = westSite().starting(StartAction.START);
        Site passive = westSite();
        Site east = eastSite();
        ConnectionConfig ofWest = west.connection(
                west.child("net", west.localNet(), west.remoteNet()),
                passive.child(SECOND, "10.5.0.0/16", "10.6.0.0/16"));
        ConnectionConfig ofEast = east.connection(
                east.child("net", east.localNet(), east.remoteNet()), east.child(SECOND, "10.6.0.0/16", "10.5.0.0/16"));
        peers.east.load(List.of(Site.secret("correct horse")), ofEast);
        peers.west.load(List.of(Site.secret("correct horse")), ofWest);
        peers.pass(Duration.ofSeconds(1));
        ladder = new Ladder(peers);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eitherEndMakesIt(boolean byWest) {
        up(host(byWest));
        from(byWest).from(!byWest);

        assertTwoPairs();
    }

    @Test
    void whatIsThereIsNotAskedForAgain() {
        up(peers.west);
        up(peers.west);
        ladder.settle();
        up(peers.west);
        up(peers.east);

        assertThat(ladder.isQuiet()).isTrue();
        assertTwoPairs();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void bothAskAtOnceAndTheLowestNonceLoses(boolean westLoses, boolean westIsHeardFirst) {
        bothUp(westLoses);
        from(westIsHeardFirst).from(!westIsHeardFirst);
        from(westIsHeardFirst).from(!westIsHeardFirst);
        ladder.settle();

        assertTwoPairs();
        assertNoErrors();
    }

    /** The IKE SA is west's second: it replaces the one before, and not itself. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothAskAtOnceAfterAnotherAuthentication(boolean westLoses) {
        peers.west.ikeSa().reauthenticate();
        peers.pass(Duration.ZERO);
        ladder.settle();

        bothUp(westLoses);
        from(true).from(false);
        from(true).from(false);
        ladder.settle();

        assertTwoPairs();
        assertNoErrors();
    }

    /** One end alone knows of the collision: it gives the other some seconds, and then deletes what has lost. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothAskAndOneRequestIsLate(boolean westLoses) {
        bothUp(westLoses);
        Datagram late = ladder.takeFromEast();
        from(true).from(false);
        ladder.deliver(late);
        ladder.settle();
        settleFor(Duration.ofSeconds(12));

        assertTwoPairs();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRekeyOfTheIkeSaMakesItWait(boolean childByWest) {
        host(!childByWest).ikeSa().rekey();
        up(host(childByWest));
        from(childByWest).from(!childByWest); // both requests
        from(childByWest).from(!childByWest); // TEMPORARY_FAILURE both ways
        ladder.settle();
        settleFor(Duration.ofSeconds(45));

        assertTwoPairs();
        assertNoErrors();
        assertThat(peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIkeSaThatEndsTakesTheRequestWithItAndTheReconcilerAsksAgain(boolean childByWest) {
        up(host(childByWest));
        host(!childByWest).engine().terminate("site");
        from(childByWest).from(!childByWest);
        ladder.settle();
        settleFor(Duration.ofMinutes(1));

        assertTwoPairs();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPairThatOnlyThePeerCouldInstallIsDeletedThere(boolean byWest) {
        up(host(byWest));
        from(byWest);
        host(byWest).memory().faults().refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);
        from(!byWest);
        ladder.settle();

        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        settleFor(Duration.ofMinutes(1));
        assertTwoPairs();
    }

    /** What comes to nothing makes the next request begin at once, whose collision is then to be noticed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatFollowsOneThatFailedMeetsThePeers(boolean westLoses) throws Exception {
        TwoPeers three = new TwoPeers();
        Site west = westSite();
        Site east = eastSite();
        three.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        east.child("first", "10.4.0.0/16", "10.3.0.0/16"),
                        east.child("second", "10.6.0.0/16", "10.5.0.0/16")));
        three.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.starting(StartAction.START).child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("first", "10.3.0.0/16", "10.4.0.0/16"),
                        west.child("second", "10.5.0.0/16", "10.6.0.0/16")));
        three.pass(Duration.ofSeconds(1));
        Ladder messages = new Ladder(three);
        three.east.engine().want("site", "first", DesiredState.UP);
        three.east.engine().want("site", "second", DesiredState.UP);
        messages.fromEast();
        three.east.memory().faults().refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);
        three.east.nextNonce(westLoses ? HIGH : LOW);
        messages.fromWest();
        Datagram second = messages.takeFromEast();
        three.west.nextNonce(westLoses ? LOW : HIGH);
        three.east.nextNonce(HIGH);
        three.west.engine().want("site", "second", DesiredState.UP);
        messages.fromWest().fromEast();
        three.west.nextNonce(HIGH);
        messages.deliver(second).settle();
        assertThat(three.west.memory().installedSas())
                .as("net, and second twice, of which one sends")
                .hasSize(westLoses ? 5 : 4);

        three.network.byHand(three.network::deliver);
        three.pass(Duration.ofMinutes(1));
        assertThat(three.west.memory().installedSas()).hasSize(6);
        assertThat(three.west.ikeSa().childSas()).hasSize(3);
        assertThat(three.east.ikeSa().childSas()).hasSize(3);
    }

    /** Seed 107810: the end whose answer is late does not know the pair yet that the other wants to rekey. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPairIsRekeyedBeforeWhoeverAskedForItKnowsIt(boolean byWest) {
        up(host(byWest));
        from(byWest);
        Datagram late = byWest ? ladder.takeFromEast() : ladder.takeFromWest();
        Host other = host(!byWest);
        other.ikeSa().rekeyChild(other.ikeSa().childSas().getLast());
        from(!byWest).from(byWest); // TEMPORARY_FAILURE

        ladder.deliver(late);
        ladder.settle();
        settleFor(Duration.ofSeconds(20));

        assertTwoPairs();
        assertThat(other.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @Test
    void aChildThatIsUnwantedMeanwhileIsClosedWhenItComes() {
        up(peers.west);
        from(true);
        peers.west.engine().want("site", SECOND, DesiredState.OFF);
        ladder.settle();

        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
    }

    private ChildCreateTest from(boolean west) {
        if (west) {
            ladder.fromWest();
        } else {
            ladder.fromEast();
        }
        return this;
    }

    private Host host(boolean west) {
        return west ? peers.west : peers.east;
    }

    private static void up(Host host) {
        host.engine().want("site", SECOND, DesiredState.UP);
    }

    private void bothUp(boolean westLoses) {
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
        up(peers.west);
        up(peers.east);
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
    }

    private void settleFor(Duration time) {
        for (long i = 0; i < time.toSeconds(); i++) {
            peers.pass(Duration.ofSeconds(1));
            ladder.settle();
        }
    }

    private void assertTwoPairs() {
        settleFor(Duration.ofSeconds(6));
        assertThat(peers.west.ikeSa().childSas()).hasSize(2);
        assertThat(peers.east.ikeSa().childSas()).hasSize(2);
        assertThat(peers.west.memory().installedSas()).hasSize(4);
        assertThat(peers.east.memory().installedSas()).hasSize(4);
    }

    private void assertNoErrors() {
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }
}
