package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.RESPONDER;

import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestResponder;
import org.junit.jupiter.api.Test;

/** OCSP responses go in CERT payloads to a peer that reaches no responder itself (RFC 4806). */
class InBandStatusTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    private final RevocationScene scene = new RevocationScene();
    private final Host west = scene.peers.west;
    private final Host east = scene.peers.east;

    InBandStatusTest() throws Exception {
        scene.west = scene.issue(RevocationScene.WEST_ID, RevocationScene.responderAt(RESPONDER));
        scene.east = scene.issue(RevocationScene.EAST_ID, builder -> {});
    }

    /** The first time it has none yet, and gets one for the next time. */
    @Test
    void anInitiatorShowsItsOwn() throws Exception {
        scene.eastPolicy = RevocationPolicy.STRICT;
        scene.eastAsks = true;
        respond(west, TestResponder.of(scene.root));
        scene.start();
        scene.peers.pass(LONG);
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).hasSize(1);
        assertThat(east.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
    }

    @Test
    void aResponderShowsItsOwn() throws Exception {
        scene.west = scene.issue(RevocationScene.WEST_ID, builder -> {});
        scene.east = scene.issue(RevocationScene.EAST_ID, RevocationScene.responderAt(RESPONDER));
        scene.westPolicy = RevocationPolicy.STRICT;
        scene.westAsks = true;
        respond(east, TestResponder.delegate(scene.root, true));
        scene.start();
        scene.peers.pass(LONG);
        scene.peers.assertTunnel();
        assertThat(west.documents().asked()).hasSize(1);
    }

    @Test
    void nobodyIsShownWhatHeDoesNotAskFor() throws Exception {
        scene.eastPolicy = RevocationPolicy.STRICT;
        respond(west, TestResponder.of(scene.root));
        scene.start();
        scene.peers.pass(LONG);
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(west.documents().asked()).isEmpty();
    }

    /** An honest end shows also what is bad for it. */
    @Test
    void whatIsShownMayCondemn() throws Exception {
        scene.eastAsks = true;
        respond(west, TestResponder.of(scene.root).revoke(scene.west.certificate(), CRLReason.keyCompromise));
        scene.start();
        scene.peers.pass(Duration.ofSeconds(20));
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).hasSize(1);
        west.ikeSa().reauthenticate();
        scene.peers.pass(Duration.ofSeconds(20));
        assertThat(RevocationScene.lines(east))
                .anyMatch(line -> line.contains("(keyCompromise), says an OCSP response that the peer sent"));
    }

    /** Of whomever the peer trusts itself, it convinces nobody else. */
    @Test
    void whatAnotherHasSignedIsNotBelieved() throws Exception {
        TestResponder stranger = TestResponder.delegate(TestAuthority.root("CN=Stranger"), true);
        scene.westSources = new StatusSources(List.of(), List.of(stranger.certificate()), List.of());
        scene.eastPolicy = RevocationPolicy.STRICT;
        scene.eastAsks = true;
        respond(west, stranger);
        scene.start();
        scene.peers.pass(LONG);
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(RevocationScene.lines(east))
                .last()
                .asString()
                .contains("the OCSP response that the peer sent: its responder \"CN=Responder\" is certified by"
                        + " \"CN=Stranger\"");
    }

    private static void respond(Host host, TestResponder responder) {
        host.documents()
                .put(
                        RESPONDER,
                        Duration.ofMillis(100),
                        (Fetch fetch) -> new Fetched.Content(
                                responder.answer(fetch.question().orElseThrow())));
    }
}
