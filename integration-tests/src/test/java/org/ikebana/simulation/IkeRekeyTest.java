package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IKE SAs get fresh keys, from either end; the children go over (RFC 7296 1.3.2, 2.8). */
class IkeRekeyTest {
    private final Scene scene = Scene.tunnel();
    private final long before = scene.peers.west.ikeSa().id().ownSpi();

    IkeRekeyTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theChildrenGoOverAndMessageIdsStartAgain(boolean byWest) {
        IkeSa old = scene.host(byWest).ikeSa();
        scene.host(byWest).ikeSa().rekey();
        scene.from(byWest).from(!byWest); // CREATE_CHILD_SA
        assertThat(scene.host(byWest).ikeSa().childSas()).hasSize(1);
        assertThat(old.isClosed()).isFalse();
        scene.from(byWest).from(!byWest); // DELETE of the old one
        assertThat(old.isClosed()).isTrue();

        scene.assertOneIkeSa().assertNoErrors();
        assertThat(scene.peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
        assertThat(scene.peers.west.events(IkeEvent.IkeSaClosed.class)).isEmpty();
        scene.peers.west.rekeyChild();
        assertThat(messageId(scene.ladder.nextOfWest())).isZero();
        scene.settle().assertOnePair();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongGuessOfTheGroupCostsOneRoundTrip(boolean byWest) throws Exception {
        Scene choosy = Scene.tunnel(
                TwoPeers.westSite().proposing("aes256gcm16-prfsha256-x25519-ecp256", "aes256gcm16"),
                TwoPeers.eastSite().proposing("aes256gcm16-prfsha256-ecp384-ecp256", "aes256gcm16"));
        long old = choosy.peers.west.ikeSa().id().ownSpi();
        choosy.host(byWest).ikeSa().rekey();

        choosy.from(byWest).from(!byWest); // INVALID_KE_PAYLOAD
        choosy.from(byWest).from(!byWest); // the other group
        choosy.from(byWest).from(!byWest); // DELETE

        choosy.assertOneIkeSa().assertOnePair().assertNoErrors();
        assertThat(choosy.peers.west.ikeSa().id().ownSpi()).isNotEqualTo(old);
    }

    /** The peer of a rekey may use the new SA before the DELETE of the old one has arrived (libreswan, AOSP). */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestOnTheNewIkeSaComesBeforeTheDeleteOfTheOldOne(boolean byWest) {
        scene.host(byWest).ikeSa().rekey();
        scene.from(byWest).from(!byWest);
        Datagram delete = scene.takeFrom(byWest);
        scene.host(byWest).rekeyChild();

        scene.from(byWest).from(!byWest).from(byWest).from(!byWest);
        scene.ladder.deliver(delete);

        scene.settle().assertOneIkeSa().assertOnePair().assertNoErrors();
    }

    @Test
    void whatWasWaitingIsSaidOnTheNewIkeSa() {
        scene.peers.west.ikeSa().rekey();
        scene.peers.west.rekeyChild(); // has to wait: the window is one

        scene.settle().assertOneIkeSa().assertOnePair().assertNoErrors();

        assertThat(scene.peers.west.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void theOldIkeSaGoesByItselfIfItsDeleteNeverComes() {
        scene.peers.west.ikeSa().rekey();
        scene.from(true).from(false);
        scene.peers.network.byHand(lost -> {});

        scene.peers.pass(Duration.ofMinutes(7));

        scene.assertOneIkeSa();
        scene.peers.assertTunnel();
    }

    @Test
    void theLifetimeRekeys() {
        scene.peers.network.byHand(scene.peers.network::deliver);
        scene.peers.pass(Duration.ofHours(4).plusMinutes(1));

        scene.assertOneIkeSa();
        scene.peers.assertTunnel();
        assertThat(scene.peers.west.ikeSa().id().ownSpi()).isNotEqualTo(before);
    }

    private static int messageId(Datagram datagram) {
        byte[] octets = datagram.payload();
        return (octets[20] & 0xff) << 24 | (octets[21] & 0xff) << 16 | (octets[22] & 0xff) << 8 | octets[23] & 0xff;
    }
}
