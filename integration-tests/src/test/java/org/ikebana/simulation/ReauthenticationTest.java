package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends authenticate anew, make before break (RFC 7296 2.8.3, RFC 4478). */
class ReauthenticationTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration WHILE_LATE_PACKETS_ARE_TAKEN = Duration.ofSeconds(6);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNewIkeSaHasThePairBeforeTheOldOneGoes(boolean byWest) throws Exception {
        Scene scene = Scene.tunnel();
        Host one = scene.host(byWest);
        Host other = scene.host(!byWest);
        IkeSa old = one.ikeSa();
        Spi before = Scene.outbound(one);
        Spi beforeAtOther = Scene.outbound(other);

        old.reauthenticate();
        scene.peers.pass(Duration.ZERO);
        scene.from(byWest).from(!byWest); // IKE_SA_INIT
        scene.from(byWest); // IKE_AUTH
        assertThat(Scene.outbound(other))
                .as("the peer has not got the answer yet")
                .isEqualTo(beforeAtOther);
        assertThat(Scene.sas(other, Direction.IN)).isEqualTo(2);
        scene.from(!byWest);
        assertThat(Scene.outbound(one)).isNotEqualTo(before);
        assertThat(Scene.sas(one, Direction.IN)).isEqualTo(2);
        scene.from(byWest); // DELETE of the old one
        assertThat(Scene.outbound(other)).isNotEqualTo(beforeAtOther);
        scene.from(!byWest);
        assertThat(old.isClosed()).isTrue();

        scene.assertOneIkeSa().assertOnePair().assertNoErrors();
        assertThat(one.events(IkeEvent.IkeSaReauthenticated.class)).hasSize(1);
        assertThat(one.ikeSa().id().ownSpi()).isNotEqualTo(old.id().ownSpi());
        assertThat(one.events(IkeEvent.RetryScheduled.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noPacketIsLost(boolean byWest) throws Exception {
        TwoPeers peers = up(westSite(), eastSite());
        Flow flow = new Flow(peers).pass(A_MOMENT);

        (byWest ? peers.west : peers.east).ikeSa().reauthenticate();
        flow.pass(Duration.ofSeconds(12)).arrive();

        assertThat(flow.eastwardLost()).isZero();
        assertThat(flow.westwardLost()).isZero();
        assertOne(peers);
    }

    /** The peer goes on with the old pair for as long as it has not got the answer, and so do we. */
    @Test
    void noPacketIsLostWhereTheAnswerIs() throws Exception {
        TwoPeers peers = up(westSite(), eastSite());
        Flow flow = new Flow(peers).pass(A_MOMENT);
        int[] lost = {0};
        peers.network.lose(datagram -> isAuthAnswer(datagram.payload()) && lost[0]++ < 2);

        peers.west.ikeSa().reauthenticate();
        flow.pass(Duration.ofSeconds(25)).arrive();

        assertThat(lost[0]).isGreaterThan(2);
        assertThat(flow.eastwardLost() + flow.westwardLost()).isZero();
        assertOne(peers);
    }

    @ParameterizedTest
    @EnumSource(UniquePolicy.class)
    void whateverIsUnique(UniquePolicy unique) throws Exception {
        for (boolean byWest : List.of(true, false)) {
            TwoPeers peers = up(westSite().unique(unique), eastSite().unique(unique));
            Flow flow = new Flow(peers);

            (byWest ? peers.west : peers.east).ikeSa().reauthenticate();
            flow.pass(Duration.ofSeconds(15)).arrive();

            assertThat(flow.eastwardLost() + flow.westwardLost()).isZero();
            assertOne(peers);
        }
    }

    @Test
    void eachChildGetsAPairOnTheNewIkeSa() throws Exception {
        TwoPeers peers = new TwoPeers();
        Site west = westSite().starting(StartAction.START);
        Site east = eastSite();
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        east.child("v", "10.6.0.0/16", "10.5.0.0/16")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("v", "10.5.0.0/16", "10.6.0.0/16")));
        peers.pass(A_MOMENT);

        peers.west.ikeSa().reauthenticate();
        peers.pass(Duration.ofSeconds(10));

        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.engine().ikeSas()).hasSize(1);
            assertThat(host.ikeSa().childSas()).hasSize(2);
            assertThat(host.memory().installedSas()).hasSize(4);
        }
    }

    /** {@code reauth_time}; an IKE SA that was rekeyed meanwhile was authenticated when its predecessor was. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTimeComes(boolean atWest) throws Exception {
        Site lasting = westSite().with(c -> c.rekeyTime(Duration.ZERO).overTime(Duration.ofMinutes(5)));
        Site limited = lasting.with(c -> c.reauthTime(Duration.ofHours(1)));
        TwoPeers peers = up(atWest ? limited : lasting, mirrored(atWest ? lasting : limited));
        peers.pass(Duration.ofMinutes(20));
        peers.west.ikeSa().rekey();
        peers.pass(Duration.ofMinutes(30));
        long rekeyed = peers.west.ikeSa().id().initiatorSpi();
        assertThat(peers.west.events(IkeEvent.IkeSaReauthenticated.class)).isEmpty();

        peers.pass(Duration.ofMinutes(11));

        assertThat(peers.west.ikeSa().id().initiatorSpi()).isNotEqualTo(rekeyed);
        // East has told west of its limit, which is earlier than east by itself.
        assertThat(peers.west.events(IkeEvent.IkeSaReauthenticated.class)).hasSize(1);
        assertThat(peers.east.events(IkeEvent.IkeSaReauthenticated.class)).isEmpty();
        assertOne(peers);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anIkeSaWithoutChildrenIsReplacedToo(boolean isRefused) throws Exception {
        Childless childless = isRefused ? Childless.NEVER : Childless.ALLOW;
        TwoPeers peers = up(westSite().with(c -> c.childless(childless)), eastSite());
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(Duration.ofSeconds(10));
        IkeSa old = peers.west.ikeSa();

        old.reauthenticate();
        peers.pass(A_MOMENT);

        assertThat(old.isClosed()).isTrue();
        assertThat(peers.east.engine().ikeSas()).hasSize(isRefused ? 0 : 1);
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    private static Site mirrored(Site west) {
        return new Site(west.remote(), west.local(), west.remoteNet(), west.localNet(), west.ike(), west.child())
                .identified(west.remote(), west.local());
    }

    @Test
    void aFailureKeepsTheOldOneAndIsTriedAgain() throws Exception {
        TwoPeers peers = up(westSite(), eastSite());
        IkeSa old = peers.west.ikeSa();
        peers.network.lose(datagram -> datagram.payload()[18] == 34); // IKE_SA_INIT

        old.reauthenticate();
        peers.pass(Duration.ofMinutes(20));

        assertThat(old.isEstablished()).isTrue();
        assertThat(Flow.passesBothWays(peers)).isTrue();
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).hasSizeBetween(2, 8);
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(5));
        assertThat(old.isClosed()).isTrue();
        assertOne(peers);
    }

    /** One of the kernels is full. The old pair goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChildThatIsRefusedKeepsTheOldOne(boolean byWest) throws Exception {
        TwoPeers peers = up(westSite(), eastSite());
        IkeSa old = peers.west.ikeSa();
        (byWest ? peers.west : peers.east).memory().faults().refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);

        old.reauthenticate();
        peers.pass(Duration.ofMillis(100));
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        assertThat(old.isEstablished()).isTrue();
        assertThat(Flow.passesBothWays(peers)).isTrue();

        peers.pass(Duration.ofSeconds(30));
        assertThat(old.isClosed()).isTrue();
        assertOne(peers);
    }

    @Test
    void itEndsInTheEndIfTheAuthenticationNeverSucceeds() throws Exception {
        Site limited = westSite()
                .with(c -> c.rekeyTime(Duration.ZERO)
                        .reauthTime(Duration.ofHours(1))
                        .overTime(Duration.ofMinutes(10)));
        TwoPeers peers = up(limited, eastSite());
        IkeSa old = peers.west.ikeSa();
        peers.network.lose(datagram -> datagram.payload()[18] == 34);

        peers.pass(Duration.ofMinutes(69));
        assertThat(old.isEstablished()).isTrue();
        peers.pass(Duration.ofMinutes(2));
        assertThat(old.isClosed()).isTrue();

        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(6));
        assertOne(peers);
    }

    @Test
    void theOldOneIsRekeyedMeanwhile() throws Exception {
        Scene scene = Scene.tunnel();
        scene.peers.west.ikeSa().reauthenticate();
        scene.peers.pass(Duration.ZERO);
        var init = scene.takeFrom(true);
        scene.peers.east.ikeSa().rekey();
        scene.peers.east.rekeyChild();
        scene.settle();
        scene.ladder.deliver(init);

        scene.settle();
        scene.peers.pass(WHILE_LATE_PACKETS_ARE_TAKEN);

        scene.assertOneIkeSa().assertOnePair().assertNoErrors();
        assertThat(scene.peers.west.events(IkeEvent.IkeSaReauthenticated.class)).hasSize(1);
    }

    /** The pair of the old IKE SA is rekeyed when the new one has relieved it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOldPairIsRekeyedMeanwhile(boolean byWest) throws Exception {
        Scene scene = Scene.tunnel();
        scene.host(byWest).rekeyChild();
        scene.peers.west.ikeSa().reauthenticate();
        scene.peers.pass(Duration.ZERO);
        var rekey = scene.takeFrom(byWest);
        scene.settle();
        scene.ladder.deliver(rekey);

        scene.pass(Duration.ofSeconds(30)).assertOneIkeSa().assertOnePair();
    }

    @Test
    void aPeerWithoutTheOldIkeSaGetsAFreshPair() throws Exception {
        TwoPeers peers = up(westSite(), eastSite());
        peers.network.lose(datagram -> datagram.payload()[18] == 37); // INFORMATIONAL
        peers.east.engine().terminate("site");
        peers.pass(Duration.ofMinutes(4));
        peers.network.lose(datagram -> false);
        assertThat(peers.east.engine().ikeSas()).isEmpty();

        peers.west.ikeSa().reauthenticate();
        peers.pass(Duration.ofMinutes(5));

        assertOne(peers);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** East has been started anew, with fewer children, and west still has the IKE SA from before beside the new one. */
    @Test
    void whatIsAuthenticatedSinceGetsTheChildren() throws Exception {
        TwoPeers peers = new TwoPeers();
        IkeSa old = eastStartsAnew(peers);
        int begun = peers.west.events(IkeEvent.IkeSaInitiating.class).size();

        old.reauthenticate();
        peers.pass(Duration.ofMinutes(5));

        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.engine().ikeSas()).hasSize(1);
            assertThat(host.ikeSa().childSas())
                    .extracting(child -> child.config().name())
                    .containsExactlyInAnyOrder("net", "v");
            assertThat(host.memory().installedSas()).hasSize(4);
        }
        assertThat(peers.west.events(IkeEvent.IkeSaInitiating.class)).hasSize(begun);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** The IKE SA of a pair that sends no more may have others, and stays. */
    @Test
    void aPairThatSendsNoMoreGoesOnceNothingComesInByIt() throws Exception {
        TwoPeers peers = new TwoPeers();
        IkeSa old = eastStartsAnew(peers);
        peers.pass(Duration.ofSeconds(5));
        assertThat(old.childSas()).hasSize(1);
        assertThat(Scene.sas(peers.west, Direction.OUT)).isEqualTo(2);
        assertThat(Scene.sas(peers.west, Direction.IN)).isEqualTo(3);

        peers.pass(Duration.ofSeconds(35));

        assertThat(old.isEstablished()).isTrue();
        assertThat(Scene.sas(peers.west, Direction.IN)).isEqualTo(2);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** @return the IKE SA that west has kept */
    private static IkeSa eastStartsAnew(TwoPeers peers) throws Exception {
        Site west = westSite().unique(UniquePolicy.NEVER).starting(StartAction.START);
        Site east = eastSite().unique(UniquePolicy.NEVER);
        ConnectionConfig ofEast = east.connection(
                east.starting(StartAction.START).child("net", "10.2.0.0/16", "10.1.0.0/16"),
                east.child("v", "10.6.0.0/16", "10.5.0.0/16"));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("net", "10.1.0.0/16", "10.2.0.0/16"),
                        west.child("v", "10.5.0.0/16", "10.6.0.0/16")));
        peers.east.load(List.of(Site.secret("correct horse")), ofEast);
        peers.pass(Duration.ofSeconds(20));
        IkeSa old = peers.west.ikeSa();
        peers.restart(false, IkeSettings.DEFAULT);
        peers.east.load(List.of(Site.secret("correct horse")), ofEast);
        peers.pass(A_MOMENT);
        assertThat(peers.west.engine().ikeSas()).hasSize(2);
        return old;
    }

    @Test
    void nothingIsLeftAtTheEndOfADaemonThatHasJustDoneIt() throws Exception {
        TwoPeers peers = up(westSite(), eastSite());
        peers.west.ikeSa().reauthenticate();
        peers.pass(A_MOMENT);

        peers.west.engine().shutdown(() -> {});
        peers.pass(A_MOMENT);

        peers.assertNothingLeft();
    }

    private static TwoPeers up(Site west, Site east) throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(west.starting(StartAction.START), east);
        peers.pass(A_MOMENT);
        return peers;
    }

    private static boolean isAuthAnswer(byte[] message) {
        return message[18] == 35 && (message[19] & 0x20) != 0;
    }

    private static void assertOne(TwoPeers peers) {
        peers.pass(WHILE_LATE_PACKETS_ARE_TAKEN);
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.engine().ikeSas()).hasSize(1);
            assertThat(host.ikeSa().childSas()).hasSize(1);
        }
        peers.assertTunnel();
    }
}
