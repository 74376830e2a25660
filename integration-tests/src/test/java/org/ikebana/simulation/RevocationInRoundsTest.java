package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.A_SECOND;
import static org.ikebana.simulation.RevocationScene.EAST_ID;
import static org.ikebana.simulation.RevocationScene.LIST;
import static org.ikebana.simulation.RevocationScene.WEST_ID;
import static org.ikebana.simulation.RevocationScene.refusal;

import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.eap.EapAuth;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.MessageReader;
import org.junit.jupiter.api.Test;

/** Certificates of EAP-TLS, and of any of several authentications, may have been revoked as well. West begins. */
class RevocationInRoundsTest {
    private static final Duration EIGHT_SECONDS = Duration.ofSeconds(8);

    private final RevocationScene scene = new RevocationScene();
    private final Host west = scene.peers.west;
    private final Host east = scene.peers.east;

    RevocationInRoundsTest() throws Exception {}

    @Test
    void theClientOfEapTls() throws Exception {
        scene.publish(Duration.ZERO, scene.list().revoke(scene.west.certificate(), CRLReason.keyCompromise));
        load("T", "C");
        assertRefusesWest();
        assertThat(refusal(west)).contains("AUTHENTICATION_FAILED");
    }

    @Test
    void theServerOfEapTlsAlone() throws Exception {
        scene.publish(Duration.ZERO, scene.list().revoke(scene.east.certificate(), CRLReason.keyCompromise));
        load("T", "T");
        assertThat(refusal(west)).contains("peer east.example.org is not trusted", "has been revoked");
        assertThat(east.memory().installedSas()).isEmpty();
    }

    /** It hears no more than the first request, and nothing that the password could be guessed from. */
    @Test
    void theServerOfAPassword() throws Exception {
        scene.publish(Duration.ZERO, scene.list().revoke(scene.east.certificate(), CRLReason.keyCompromise));
        load("M", "C");
        assertThat(refusal(west)).contains("peer east.example.org is not trusted", "has been revoked");
        assertThat(refusal(east)).contains("breaks IKE_AUTH off");
    }

    /** The peer is not asked for anything more. */
    @Test
    void theFirstRound() throws Exception {
        scene.publish(Duration.ZERO, scene.list().revoke(scene.west.certificate(), CRLReason.keyCompromise));
        load("CM", "P");
        assertRefusesWest();
        assertThat(authAnswersOfEast()).isEqualTo(1);
    }

    @Test
    void theSecondRound() throws Exception {
        scene.publish(Duration.ZERO, scene.list().revoke(scene.west.certificate(), CRLReason.keyCompromise));
        load("PC", "P");
        assertRefusesWest();
    }

    @Test
    void theSecondRoundOfTheResponder() throws Exception {
        scene.publish(Duration.ZERO, scene.list().revoke(scene.east.certificate(), CRLReason.keyCompromise));
        load("P", "PC");
        assertThat(refusal(west)).contains("peer east.example.org is not trusted", "has been revoked");
        assertThat(west.memory().installedSas()).isEmpty();
    }

    /** The first round's would let it pass; it is tried again and again. */
    @Test
    void thePolicyOfTheRoundCounts() throws Exception {
        AuthConfig strict = RevocationScene.side(WEST_ID, RevocationPolicy.STRICT);
        load(side("PC", WEST_ID), side("P", WEST_ID).with(List.of(strict)), "P");
        scene.peers.pass(Duration.ofSeconds(11));
        assertThat(RevocationScene.lines(east))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("remote.revocation = strict wants it known"));
        assertThat(east.memory().installedSas()).isEmpty();
    }

    @Test
    void theResponderWaitsAfterTheLastRound() throws Exception {
        slowForEast();
        load("PC", "C");
        scene.peers.pass(Duration.ofSeconds(6));
        assertThat(east.memory().installedSas()).isEmpty();
        assertThat(east.engine().halfOpen()).isZero();
        scene.peers.pass(Duration.ofSeconds(2));
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).hasSize(1);
    }

    /** What is left of the peer to prove, so it counts as half-open; the second round has the answer at once. */
    @Test
    void theResponderWaitsBetweenTheRounds() throws Exception {
        slowForEast();
        load("CT", "C");
        scene.peers.pass(Duration.ofSeconds(6));
        assertThat(east.memory().installedSas()).isEmpty();
        assertThat(east.engine().halfOpen()).isEqualTo(1);
        assertThat(authAnswersOfEast()).isZero();
        scene.peers.pass(Duration.ofSeconds(2));
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).hasSize(1);
    }

    @Test
    void theResponderEndsBetweenTheRounds() throws Exception {
        slowForEast();
        load("CM", "P");
        east.engine().shutdown(() -> {});
        assertThat(east.engine().ikeSas()).isEmpty();
        west.engine().shutdown(() -> {});
        scene.peers.pass(Duration.ofMinutes(5));
        scene.peers.assertNothingLeft();
    }

    /** A certificate whose revocation nobody knows about is no way to stay half-open for longer. */
    @Test
    void theTimeOfAHalfOpenPeerGoesOnMeanwhile() throws Exception {
        RevocationScene impatient = new RevocationScene(IkeSettings.DEFAULT
                .changed()
                .halfOpenTimeout(Duration.ofSeconds(5))
                .build());
        impatient
                .peers
                .east
                .documents()
                .put(LIST, EIGHT_SECONDS, impatient.list().encoded());
        load(impatient, side("CM", WEST_ID), side("CM", WEST_ID), "P");
        assertThat(impatient.peers.east.engine().halfOpen()).isEqualTo(1);
        impatient.peers.pass(Duration.ofSeconds(5));
        assertThat(impatient.peers.east.engine().halfOpen()).isZero();
        assertThat(refusal(impatient.peers.east)).contains("did not bring it to an end in time");
        impatient.peers.pass(EIGHT_SECONDS); // the answer comes, and nobody waits for it
        assertThat(impatient.peers.east.memory().installedSas()).isEmpty();
    }

    @Test
    void theInitiatorWaitsBetweenTheRounds() throws Exception {
        east.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        west.documents().put(LIST, EIGHT_SECONDS, scene.list().encoded());
        load("M", "C");
        scene.peers.pass(Duration.ofSeconds(6));
        assertThat(west.memory().installedSas()).isEmpty();
        assertThat(east.engine().halfOpen()).isEqualTo(1);
        scene.peers.pass(Duration.ofSeconds(2));
        scene.peers.assertTunnel();
        assertThat(west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    /** What is not known is said once, and let pass. */
    @Test
    void theInitiatorDoubtsBetweenTheRounds() throws Exception {
        east.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        load("M", "C");
        scene.peers.pass(Duration.ofSeconds(16));
        scene.peers.assertTunnel();
        assertThat(west.events(IkeEvent.Warning.class))
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.text()).contains("it is accepted, as remote.revocation = relaxed"));
    }

    @Test
    void theInitiatorEndsBetweenTheRounds() throws Exception {
        load("M", "C");
        west.engine().shutdown(() -> {});
        assertThat(west.engine().ikeSas()).isEmpty();
        east.engine().shutdown(() -> {});
        scene.peers.pass(Duration.ofMinutes(1));
        scene.peers.assertNothingLeft();
    }

    private void slowForEast() {
        west.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        east.documents().put(LIST, EIGHT_SECONDS, scene.list().encoded());
    }

    private long authAnswersOfEast() {
        return scene.peers.network.sent().stream()
                .filter(datagram ->
                        datagram.local().getAddress().getHostAddress().equals(TwoPeers.EAST))
                .flatMap(datagram -> MessageReader.readHeader(datagram.payload()).stream())
                .filter(header ->
                        header.exchange().filter(ExchangeType.IKE_AUTH::equals).isPresent())
                .count();
    }

    private void assertRefusesWest() {
        assertThat(refusal(east)).contains("peer west.example.org is not trusted", "has been revoked");
        assertThat(west.memory().installedSas()).isEmpty();
        assertThat(east.memory().installedSas()).isEmpty();
    }

    private void load(String westRounds, String eastRounds) throws Exception {
        load(side(westRounds, WEST_ID), side(westRounds, WEST_ID), eastRounds);
    }

    private void load(AuthConfig own, AuthConfig westAtEast, String eastRounds) throws Exception {
        load(scene, own, westAtEast, eastRounds);
    }

    private static void load(RevocationScene scene, AuthConfig own, AuthConfig westAtEast, String eastRounds)
            throws Exception {
        AuthConfig eastSide = side(eastRounds, EAST_ID);
        scene.peers
                .east
                .engine()
                .load(
                        List.of(TwoPeers.eastSite()
                                .with(c -> c.local(eastSide).remote(westAtEast))
                                .connection()),
                        scene.credentials(scene.east, StatusSources.NONE));
        scene.peers
                .west
                .engine()
                .load(
                        List.of(TwoPeers.westSite()
                                .with(c -> c.local(own).remote(eastSide))
                                .starting(StartAction.START)
                                .connection()),
                        scene.credentials(scene.west, StatusSources.NONE));
        scene.peers.pass(A_SECOND);
    }

    /** As in {@link AuthRoundsTest}. */
    private static AuthConfig side(String rounds, String id) {
        List<AuthConfig> all =
                rounds.chars().mapToObj(round -> round((char) round, id)).toList();
        return all.getFirst().with(all.subList(1, all.size()));
    }

    private static AuthConfig round(char letter, String id) {
        AuthConfig certified = RevocationScene.side(id, RevocationPolicy.RELAXED);
        return switch (letter) {
            case 'P' -> new AuthConfig(Method.PSK, certified.id());
            case 'C' -> certified;
            case 'M' -> new AuthConfig(Method.EAP, certified.id()).with(EapAuth.of(List.of(EapMethod.MSCHAPV2)));
            case 'T' -> new AuthConfig(Method.EAP, certified.id()).with(EapAuth.of(List.of(EapMethod.TLS)));
            default -> throw new IllegalArgumentException("no method " + letter);
        };
    }
}
