package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.EAST_ID;
import static org.ikebana.simulation.RevocationScene.WEST_ID;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.SignatureOrder;
import org.junit.jupiter.api.Test;

/** Both peers sign with RSA, outside the event loop as a token does (see {@link TokenSignatureTest}); a curve's signature is quick. */
class SlowSignatureTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);

    private final RevocationScene scene = new RevocationScene();
    private final Host east = scene.peers.east;

    SlowSignatureTest() throws Exception {
        scene.publish(Duration.ofMillis(1), scene.list());
    }

    @Test
    void theEventLoopGoesOnWhileRsaSigns() throws Exception {
        scene.west = scene.root.issue("CN=" + WEST_ID, "RSA-2048", RevocationScene.named(WEST_ID));
        scene.east = scene.root.issue("CN=" + EAST_ID, "RSA-2048", RevocationScene.named(EAST_ID));
        east.takes(SignatureOrder.SIGNATURES, Optional.of(SIX_SECONDS));
        scene.start();
        scene.peers.pass(SIX_SECONDS);
        assertThat(scene.peers.west.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(east.engine().drops()).containsEntry(DatagramDrop.AWAITING_SIGNATURE, 1L);
        scene.peers.pass(A_SECOND);
        scene.peers.assertTunnel();
    }

    @Test
    void aCurveSignsAtOnce() throws Exception {
        east.takes(SignatureOrder.SIGNATURES, Optional.empty());
        scene.start();
        scene.peers.pass(A_SECOND);
        scene.peers.assertTunnel();
    }
}
