package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.LIST;
import static org.ikebana.simulation.RevocationScene.RESPONDER;
import static org.ikebana.simulation.RevocationScene.refusal;

import java.time.Duration;
import org.bouncycastle.asn1.x509.CRLReason;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestList;
import org.ikebana.ike.x509.TestResponder;
import org.junit.jupiter.api.Test;

/** A responder that the CA has certified says that a certificate is good, and may have been revoked itself (RFC 6960 4.2.2.2.1). */
class OcspDelegateTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Content NOTHING = builder -> {};

    private final RevocationScene scene = new RevocationScene();
    private final Host west = scene.peers.west;
    private final Host east = scene.peers.east;

    OcspDelegateTest() throws Exception {
        scene.west = scene.issue(RevocationScene.WEST_ID, RevocationScene.responderAt(RESPONDER));
        scene.east = scene.issue(RevocationScene.EAST_ID, NOTHING);
        scene.eastPolicy = RevocationPolicy.STRICT;
    }

    @Test
    void oneThatTheAuthorityVouchesForIsNotLookedUp() throws Exception {
        respond(east, TestResponder.delegate(scene.root, true));
        start(Duration.ofSeconds(1));
        scene.peers.assertTunnel();
        assertAsked(RESPONDER);
    }

    @Test
    void oneThatNobodyHasAListForIsBelieved() throws Exception {
        respond(east, TestResponder.delegate(scene.root, true, NOTHING));
        start(Duration.ofSeconds(1));
        scene.peers.assertTunnel();
        assertAsked(RESPONDER);
    }

    @Test
    void oneThatIsGoodIsBelieved() throws Exception {
        respond(east, TestResponder.delegate(scene.root, true, RevocationScene.listAt(LIST)));
        east.documents().put(LIST, SOON, scene.list().encoded());
        start(Duration.ofSeconds(1));
        scene.peers.assertTunnel();
        assertAsked(RESPONDER, LIST);
    }

    @Test
    void oneThatIsRevokedIsNot() throws Exception {
        TestResponder responder = TestResponder.delegate(scene.root, true, RevocationScene.listAt(LIST));
        respond(east, responder);
        east.documents().put(LIST, SOON, revoking(responder).encoded());
        start(Duration.ofSeconds(1));
        assertThat(refusal(east))
                .contains(
                        RESPONDER + ": its responder \"CN=Responder\" has itself been revoked on ", "(keyCompromise)");
    }

    @Test
    void oneWhoseListIsNotToBeHadIsNotBelieved() throws Exception {
        respond(east, TestResponder.delegate(scene.root, true, RevocationScene.listAt(LIST)));
        start(Duration.ofMillis(10_400));
        assertThat(refusal(east))
                .contains(RESPONDER
                        + ": it is not known whether its responder \"CN=Responder\" has itself been revoked: no"
                        + " answer within 10 s");
    }

    /** What a peer sends is judged by what is at hand. */
    @Test
    void whatAPeerSendsOfARevokedOneIsNotBelieved() throws Exception {
        TestResponder responder = TestResponder.delegate(scene.root, true, RevocationScene.listAt(LIST));
        scene.eastAsks = true;
        respond(west, responder);
        start(Duration.ofSeconds(60));
        assertThat(RevocationScene.lines(east))
                .last()
                .asString()
                .contains("the OCSP response that the peer sent: it is not known whether its responder");
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
    }

    private void start(Duration time) throws Exception {
        scene.start();
        scene.peers.pass(time);
    }

    private TestList revoking(TestResponder responder) {
        return scene.list().revoke(responder.certificate(), CRLReason.keyCompromise);
    }

    private void assertAsked(String... uris) {
        assertThat(east.documents().asked()).extracting(Fetch::uri).containsExactly(uris);
    }

    private static void respond(Host host, TestResponder responder) {
        host.documents()
                .put(
                        RESPONDER,
                        SOON,
                        fetch -> new Fetched.Content(
                                responder.answer(fetch.question().orElseThrow())));
    }
}
