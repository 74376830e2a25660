package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.EAST_ID;
import static org.ikebana.simulation.RevocationScene.WEST_ID;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both peers have their keys on tokens, which take their time: IKE_AUTH waits for them, and nothing else does. */
class TokenSignatureTest {
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final TwoPeers peers =
            new TwoPeers(IkeSettings.DEFAULT.changed().ppkIntermediate(false).build());
    private final Host west = peers.west;
    private final Host east = peers.east;
    private final Issued westOwn = issue(WEST_ID);
    private final Issued eastOwn = issue(EAST_ID);
    private final KeyOnToken westKey = new KeyOnToken(westOwn.key());
    private final KeyOnToken eastKey = new KeyOnToken(eastOwn.key());
    private PpkPolicy ppk = PpkPolicy.NONE;
    private Ppks ppks = Ppks.NONE;
    private boolean sharedKeyFirst;

    TokenSignatureTest() throws Exception {}

    @Test
    void eachGoesOnWhenItsTokenHasSigned() throws Exception {
        west.takes(KeyOnToken.PLACE, Optional.of(Duration.ofSeconds(2)));
        east.takes(KeyOnToken.PLACE, Optional.of(SIX_SECONDS));
        start();
        peers.pass(Duration.ofMillis(1900));
        assertThat(east.engine().halfOpen()).isEqualTo(1);
        peers.pass(SIX_SECONDS);
        assertThat(east.engine().halfOpen()).as("the peer has proved itself").isZero();
        assertThat(west.events(IkeEvent.RequestRetransmitted.class)).hasSize(1);
        assertThat(east.engine().drops()).containsEntry(DatagramDrop.AWAITING_SIGNATURE, 1L);
        assertThat(west.memory().installedSas()).isEmpty();
        peers.pass(A_MOMENT.plus(A_MOMENT));
        peers.assertTunnel();
        assertThat(westKey.signatures()).isEqualTo(1);
        assertThat(eastKey.signatures()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyElseWaits(boolean isWestSlow) throws Exception {
        (isWestSlow ? west : east).takes(KeyOnToken.PLACE, Optional.of(SIX_SECONDS));
        start();
        peers.pass(A_MOMENT);
        west.engine().want("shared", "net", DesiredState.UP);
        peers.pass(A_MOMENT);
        assertThat(west.events(IkeEvent.ChildSaEstablished.class))
                .extracting(event -> event.ikeSa().connection())
                .containsExactly("shared");
        peers.pass(SIX_SECONDS);
        assertThat(west.events(IkeEvent.IkeSaEstablished.class)).hasSize(2);
    }

    /** Each proves itself with the shared key first (RFC 4739). */
    @Test
    void inAFurtherRoundToo() throws Exception {
        sharedKeyFirst = true;
        west.takes(KeyOnToken.PLACE, Optional.of(Duration.ofSeconds(1)));
        east.takes(KeyOnToken.PLACE, Optional.of(Duration.ofSeconds(1)));
        start();
        peers.pass(A_MOMENT);
        west.engine().want("shared", "net", DesiredState.UP);
        peers.pass(A_MOMENT);
        assertThat(west.events(IkeEvent.ChildSaEstablished.class))
                .extracting(event -> event.ikeSa().connection())
                .containsExactly("shared");
        peers.pass(Duration.ofSeconds(3));
        assertThat(west.events(IkeEvent.IkeSaEstablished.class)).hasSize(2);
        assertThat(westKey.signatures()).isEqualTo(1);
        assertThat(eastKey.signatures()).isEqualTo(1);
    }

    /** One with the PPK, one for a responder that does not have it (RFC 8784 3). */
    @Test
    void anInitiatorMayNeedTwoSignatures() throws Exception {
        ppk = new PpkPolicy(Optional.of(Identity.parse("@ppk")), false);
        ppks = new Ppks(List.of(new Ppk("ppk", List.of(Identity.parse("@ppk")), Secret.copyOf(new byte[32]))));
        west.takes(KeyOnToken.PLACE, Optional.of(Duration.ofSeconds(1)));
        start();
        peers.pass(Duration.ofSeconds(3));
        peers.assertTunnel();
        assertThat(westKey.signatures()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenThatDoesNotAnswerIsGivenUp(boolean isWestDead) throws Exception {
        Host dead = isWestDead ? west : east;
        dead.takes(KeyOnToken.PLACE, Optional.of(Duration.ofHours(1)));
        start();
        peers.pass(Duration.ofMillis(10_500));
        assertThat(lines(dead))
                .singleElement()
                .asString()
                .contains("our key of ECDSA on P-256 cannot sign: the token safe has not answered within 10 s");
        if (!isWestDead) {
            assertThat(lines(west)).singleElement().asString().contains("AUTHENTICATION_FAILED");
        }
        assertThat(dead.engine().ikeSas()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenThatTooManyWaitForIsNotWaitedFor(boolean isWestBusy) throws Exception {
        Host busy = isWestBusy ? west : east;
        busy.takes(KeyOnToken.PLACE, Optional.empty());
        start();
        peers.pass(A_MOMENT);
        assertThat(lines(busy)).singleElement().asString().contains("too many wait for the token safe already");
        assertThat(busy.engine().ikeSas()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhyATokenRefuses(boolean isWestLocked) throws Exception {
        (isWestLocked ? westKey : eastKey).lock();
        start();
        peers.pass(A_MOMENT);
        assertThat(lines(isWestLocked ? west : east))
                .singleElement()
                .asString()
                .contains("our key of ECDSA on P-256 cannot sign: CKR_PIN_LOCKED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatEndsMeanwhileLeavesNothing(boolean isWestSlow) throws Exception {
        Host slow = isWestSlow ? west : east;
        slow.takes(KeyOnToken.PLACE, Optional.of(SIX_SECONDS));
        start();
        peers.pass(Duration.ofSeconds(1));
        slow.engine().shutdown(() -> {});
        assertThat(slow.engine().ikeSas()).isEmpty();
        (isWestSlow ? east : west).engine().shutdown(() -> {});
        peers.pass(Duration.ofMinutes(5));
        peers.assertNothingLeft();
        assertThat((isWestSlow ? westKey : eastKey).signatures()).isZero();
    }

    private void start() throws Exception {
        load(east, eastKey, eastOwn, TwoPeers.eastSite(), EAST_ID, WEST_ID);
        load(west, westKey, westOwn, TwoPeers.westSite(), WEST_ID, EAST_ID);
        west.engine().want("certified", "net", DesiredState.UP);
    }

    private void load(Host host, KeyOnToken key, Issued own, Site site, String local, String remote) throws Exception {
        ConnectionConfig certified = Site.renamed(
                "certified",
                site.with(c -> c.local(rounds(local)).remote(rounds(remote)).ppk(ppk))
                        .connection());
        List<ConnectionConfig> connections = new ArrayList<>();
        connections.add(certified);
        connections.add(Site.renamed("shared", site.connection()));
        host.engine()
                .load(
                        connections,
                        new Credentials(
                                new SharedKeys(List.of(Site.secret("correct horse"))),
                                ppks,
                                EapSecrets.NONE,
                                Certificates.of(List.of(root.certificate()), List.of(own.certificate()), List.of(key)),
                                StatusSources.NONE));
    }

    private AuthConfig rounds(String name) {
        AuthConfig certified = RevocationScene.side(name, RevocationPolicy.RELAXED);
        return sharedKeyFirst
                ? new AuthConfig(AuthConfig.Method.PSK, certified.id()).with(List.of(certified))
                : certified;
    }

    private Issued issue(String name) {
        return root.issue("CN=" + name, "P-256", RevocationScene.named(name));
    }

    private static List<String> lines(Host host) {
        return host.events(IkeEvent.NegotiationFailed.class).stream()
                .map(EventLog::describe)
                .toList();
    }
}
