package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;

/** An end gets another address while it authenticates anew (RFC 4555, RFC 7296 2.8.3). */
class MoveDuringReauthenticationTest {
    private static final InetAddress NEW_WEST = InetAddress.ofLiteral("198.51.100.1");

    private final Scene scene = Scene.tunnel(
            TwoPeers.westSite().everywhere().mobile(), TwoPeers.eastSite().mobile());
    private final IkeSa before = scene.peers.east.ikeSa();

    MoveDuringReauthenticationTest() throws Exception {}

    /**
     * East's new pair waits for the old one, which is where west has gone from. It is rekeyed on west's new path before east
     * has made sure of that path and has moved it: its successor sends, and at no time two do.
     */
    @Test
    void theWaitingPairIsRekeyedOnTheNewPath() {
        scene.peers.west.ikeSa().reauthenticate();
        scene.peers.pass(Duration.ZERO);
        scene.from(true).from(false); // IKE_SA_INIT
        scene.from(true).from(false); // IKE_AUTH
        loseWhatIsSaidOfTheOldOne();
        IkeSa fresh = scene.peers.east.engine().ikeSas().stream()
                .filter(sa -> sa != before)
                .findFirst()
                .orElseThrow();
        fresh.rekeyChild(fresh.childSas().getFirst());
        Datagram request = scene.takeFrom(false);

        scene.peers.west.moveTo(NEW_WEST);
        scene.peers.pass(Duration.ofMillis(100));
        loseWhatIsSaidOfTheOldOne();
        scene.from(true); // UPDATE_SA_ADDRESSES
        scene.ladder.deliver(sentAgain(request));
        for (int i = 0; i < 6; i++) {
            scene.ladder.takeOf(any -> true).ifPresent(scene.ladder::deliver);
            Scene.outbound(scene.peers.east);
        }

        scene.settle().pass(Duration.ofMinutes(7)).assertOneIkeSa().assertOnePair();
        assertThat(scene.peers.east.events(IkeEvent.Warning.class)).isEmpty();
    }

    private void loseWhatIsSaidOfTheOldOne() {
        long spi = before.id().initiatorSpi();
        boolean more = true;
        while (more) {
            more = scene.ladder
                    .takeOf(datagram -> ByteBuffer.wrap(datagram.payload()).getLong() == spi)
                    .isPresent();
        }
    }

    /** To where west is now. */
    private static Datagram sentAgain(Datagram request) {
        return new Datagram(
                request.local(),
                new InetSocketAddress(NEW_WEST, request.remote().getPort()),
                request.payload());
    }
}
