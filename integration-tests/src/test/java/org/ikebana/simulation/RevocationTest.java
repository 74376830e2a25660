package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.A_SECOND;
import static org.ikebana.simulation.RevocationScene.LIST;
import static org.ikebana.simulation.RevocationScene.RESPONDER;
import static org.ikebana.simulation.RevocationScene.refusal;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.CRLReason;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.x509.RevocationList;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestList;
import org.ikebana.ike.x509.TestResponder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code revocation} makes of what is known of a peer's certificate. */
class RevocationTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final RevocationScene scene = new RevocationScene();
    private final Host west = scene.peers.west;
    private final Host east = scene.peers.east;

    RevocationTest() throws Exception {}

    @ParameterizedTest
    @EnumSource(RevocationPolicy.class)
    void goodByAList(RevocationPolicy policy) throws Exception {
        both(policy);
        scene.publish(SOON, scene.list());
        start(A_SECOND);
        scene.peers.assertTunnel();
        assertThat(east.events(IkeEvent.Warning.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RevocationPolicy.class)
    void aResponderRefusesWhatIsRevoked(RevocationPolicy policy) throws Exception {
        both(policy);
        scene.publish(SOON, scene.list().revoke(scene.west.certificate(), CRLReason.keyCompromise));
        start(A_SECOND);
        assertThat(refusal(east))
                .contains("peer west.example.org is not trusted: the certificate of \"CN=west.example.org\", issued by"
                        + " \"C=CH,O=Ikebana,CN=Root\", has been revoked on 1969-12-31T12:00:00Z (keyCompromise), says "
                        + LIST + " (see swanctl.conf:7)");
        assertThat(refusal(west)).contains("AUTHENTICATION_FAILED");
    }

    @Test
    void anInitiatorRefusesWhatIsRevoked() throws Exception {
        scene.publish(SOON, scene.list().revoke(scene.east.certificate(), CRLReason.superseded));
        start(A_SECOND);
        assertThat(refusal(west)).contains("the certificate of \"CN=east.example.org\"", "(superseded), says " + LIST);
        assertThat(east.engine().ikeSas()).isEmpty();
        assertThat(east.memory().installedSas()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationPolicy.class,
            names = {"STRICT", "IF_URI"})
    void aServerThatDoesNotAnswerKeepsPeersOut(RevocationPolicy policy) throws Exception {
        scene.eastPolicy = policy;
        scene.peers.west.documents().put(LIST, SOON, scene.list().encoded());
        start(Duration.ofSeconds(9));
        assertThat(east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        scene.peers.pass(Duration.ofSeconds(2));
        assertThat(refusal(east))
                .contains("peer west.example.org is not trusted: it is not known whether the certificate of"
                        + " \"CN=west.example.org\", issued by \"C=CH,O=Ikebana,CN=Root\", has been revoked: " + LIST
                        + ": no answer within 10 s; remote.revocation = " + policy
                        + " wants it known (see swanctl.conf:7)");
    }

    @Test
    void aServerThatDoesNotAnswerIsToldOfWhereThatDoesNotMatter() throws Exception {
        scene.peers.west.documents().put(LIST, SOON, scene.list().encoded());
        start(LONG);
        scene.peers.assertTunnel();
        assertThat(east.events(IkeEvent.Warning.class))
                .containsExactly(new IkeEvent.Warning(
                        new IkeSaName("site", 1),
                        "it is not known whether the certificate of \"CN=west.example.org\", issued by"
                                + " \"C=CH,O=Ikebana,CN=Root\", has been revoked: " + LIST
                                + ": no answer within 10 s; it is accepted, as remote.revocation = relaxed"));
    }

    @Test
    void whereNobodySaysWhereAListIsStrictRefusesAndIfuriDoesNot() throws Exception {
        scene.west = scene.issue(RevocationScene.WEST_ID, builder -> {});
        scene.east = scene.issue(RevocationScene.EAST_ID, builder -> {});
        scene.eastPolicy = RevocationPolicy.STRICT;
        scene.westPolicy = RevocationPolicy.IF_URI;
        start(A_SECOND);
        assertThat(refusal(east))
                .contains("it names neither a revocation list nor an OCSP responder, and none is given for its CA");
        scene.eastPolicy = RevocationPolicy.IF_URI;
        scene.loadEast();
        scene.peers.pass(Duration.ofMinutes(3));
        scene.peers.assertTunnel();
    }

    @Test
    void aListOfTheConfiguration() throws Exception {
        both(RevocationPolicy.STRICT);
        scene.eastSources = files(scene.list().revoke(scene.west.certificate(), CRLReason.cessationOfOperation));
        scene.westSources = files(scene.list());
        start(A_SECOND);
        assertThat(refusal(east)).contains("(cessationOfOperation), says a list in x509crl");
        assertThat(east.documents().asked()).isEmpty();
    }

    /** Somebody has not renewed it; the server has the next one. */
    @Test
    void aListOfTheConfigurationThatHasExpired() throws Exception {
        both(RevocationPolicy.STRICT);
        scene.eastSources = files(TestList.of(scene.root, TestAuthority.BEGIN, TestAuthority.BEGIN.plusSeconds(60)));
        scene.peers.west.documents().put(LIST, SOON, scene.list().encoded());
        scene.peers.east.documents().put(LIST, SOON, fetch -> new Fetched.Failed("the server answers 404"));
        start(A_SECOND);
        assertThat(refusal(east))
                .contains("has been revoked: a list in x509crl: it has expired on 1969-12-31T00:01:00Z; " + LIST
                        + ": the server answers 404;");
    }

    @Test
    void listsOfOthersAreNotBelieved() throws Exception {
        both(RevocationPolicy.STRICT);
        TestAuthority impostor = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
        scene.publish(SOON, TestList.of(impostor, TestAuthority.BEGIN, scene.next));
        start(A_SECOND);
        assertThat(refusal(east)).contains(LIST + ": its signature is not of the key that it should be of;");
    }

    @Test
    void aDeltaListAmendsTheList() throws Exception {
        String delta = "http://crl.example.org/delta.crl";
        scene.publish(SOON, scene.list().number(5).deltaAt(delta));
        scene.peers
                .east
                .documents()
                .put(
                        delta,
                        SOON,
                        scene.list()
                                .number(7)
                                .amending(5)
                                .revoke(scene.west.certificate(), CRLReason.affiliationChanged)
                                .encoded());
        start(A_SECOND);
        assertThat(refusal(east)).contains("(affiliationChanged)");
    }

    @Test
    void byOcsp() throws Exception {
        both(RevocationPolicy.STRICT);
        TestResponder responder =
                TestResponder.delegate(scene.root, true).revoke(scene.west.certificate(), CRLReason.keyCompromise);
        scene.west = scene.issue(RevocationScene.WEST_ID, RevocationScene.responderAt(RESPONDER));
        scene.east = scene.issue(RevocationScene.EAST_ID, RevocationScene.responderAt(RESPONDER));
        answerBy(responder);
        start(A_SECOND);
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).hasSize(1);
    }

    @Test
    void ocspSaysRevoked() throws Exception {
        scene.west = scene.issue(RevocationScene.WEST_ID, RevocationScene.responderAt(RESPONDER));
        answerBy(TestResponder.of(scene.root).revoke(scene.west.certificate(), CRLReason.certificateHold));
        scene.publish(SOON, scene.list());
        start(A_SECOND);
        assertThat(refusal(east)).contains("(certificateHold), says " + RESPONDER);
    }

    /** The configuration knows servers that the certificates do not name, and they come first. */
    @Test
    void serversOfTheConfiguration() throws Exception {
        String other = "http://ocsp.example.net/";
        scene.eastPolicy = RevocationPolicy.STRICT;
        scene.eastSources = new StatusSources(
                List.of(), List.of(), List.of(new AuthorityUris(scene.root.certificate(), List.of(), List.of(other))));
        scene.publish(SOON, scene.list());
        east.documents().put(other, SOON, answering(TestResponder.of(scene.root)));
        start(A_SECOND);
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).extracting(Fetch::uri).containsExactly(other);
    }

    @Test
    void whereOneServerFailsTheNextIsAsked() throws Exception {
        both(RevocationPolicy.STRICT);
        scene.west = scene.issue(
                RevocationScene.WEST_ID, RevocationScene.responderAt(RESPONDER).and(RevocationScene.listAt(LIST)));
        east.documents().put(RESPONDER, SOON, fetch -> new Fetched.Failed("no connection: refused"));
        scene.publish(SOON, scene.list());
        start(A_SECOND);
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).extracting(Fetch::uri).containsExactly(RESPONDER, LIST);
    }

    /** What has been fetched serves until the next list is due, what has failed is left alone for a minute. */
    @Test
    void whatIsKnownIsNotAskedForAgain() throws Exception {
        scene.publish(SOON, scene.list());
        start(A_SECOND);
        west.ikeSa().reauthenticate();
        scene.peers.pass(LONG);
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).hasSize(2);
        assertThat(east.documents().asked()).hasSize(1);
        scene.peers.pass(Duration.ofDays(8));
        scene.publish(SOON, TestList.of(scene.root, TestAuthority.BEGIN, TestAuthority.END));
        west.ikeSa().reauthenticate();
        scene.peers.pass(LONG);
        assertThat(east.documents().asked()).hasSize(2);
    }

    private void start(Duration time) throws Exception {
        scene.start();
        scene.peers.pass(time);
    }

    private void both(RevocationPolicy policy) {
        scene.westPolicy = policy;
        scene.eastPolicy = policy;
    }

    private void answerBy(TestResponder responder) {
        west.documents().put(RESPONDER, SOON, answering(responder));
        east.documents().put(RESPONDER, SOON, answering(responder));
    }

    private static Function<Fetch, Fetched> answering(TestResponder responder) {
        return fetch -> new Fetched.Content(responder.answer(fetch.question().orElseThrow()));
    }

    private static StatusSources files(TestList list) throws Exception {
        return new StatusSources(List.of(RevocationList.decode(list.encoded())), List.of(), List.of());
    }
}
