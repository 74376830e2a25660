package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.PpkScene.credentials;
import static org.ikebana.simulation.PpkScene.failure;
import static org.ikebana.simulation.PpkScene.id;
import static org.ikebana.simulation.PpkScene.policy;
import static org.ikebana.simulation.PpkScene.ppk;
import static org.ikebana.simulation.PpkScene.refusal;
import static org.ikebana.simulation.PpkScene.secret;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.simulation.PpkScene.East;
import org.ikebana.simulation.PpkScene.West;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Post-quantum preshared keys (RFC 8784): who has one, who insists on it, and what comes of it. */
class PpkTest {
    private static final String HYBRID = "aes256gcm16-prfsha256-x25519-ke1_mlkem768";

    private final PpkScene scene = new PpkScene(PpkScene.IN_AUTH);
    private final TwoPeers peers = scene.peers;

    PpkTest() throws Exception {}

    /** RFC 8784 3, table 1, and what it says of the initiator. */
    @ParameterizedTest
    @CsvSource({
        "NONE,     NOTHING,              plain",
        "NONE,     NOTHING_BUT_REQUIRED, refused",
        "NONE,     OTHER,                plain",
        "NONE,     OTHER_AND_REQUIRED,   refused",
        "NONE,     THE_KEY,              plain",
        "NONE,     THE_KEY_AND_REQUIRED, refused",
        "OPTIONAL, NOTHING,              plain",
        "OPTIONAL, NOTHING_BUT_REQUIRED, refused",
        "OPTIONAL, OTHER,                plain",
        "OPTIONAL, OTHER_AND_REQUIRED,   refused",
        "OPTIONAL, THE_KEY,              ppk",
        "OPTIONAL, THE_KEY_AND_REQUIRED, ppk",
        "REQUIRED, NOTHING,              incompatible",
        "REQUIRED, NOTHING_BUT_REQUIRED, incompatible",
        "REQUIRED, OTHER,                refused",
        "REQUIRED, OTHER_AND_REQUIRED,   refused",
        "REQUIRED, THE_KEY,              ppk",
        "REQUIRED, THE_KEY_AND_REQUIRED, ppk",
    })
    void whatComesOfIt(West west, East east, String outcome) throws Exception {
        scene.load(west, east);

        switch (outcome) {
            case "plain" -> scene.assertUp(Optional.empty());
            case "ppk" -> scene.assertUp(Optional.of("tunnel-ppk"));
            case "refused" -> {
                assertThat(refusal(peers.west).refusal()).isEqualTo(NotifyType.AUTHENTICATION_FAILED);
                assertThat(failure(peers.east))
                        .isInstanceOf(Failure.AuthenticationFailed.class)
                        .extracting(Failure::sentence)
                        .asString()
                        .contains("PPK");
                scene.assertNothing();
            }
            case "incompatible" -> {
                assertThat(failure(peers.west))
                        .isInstanceOf(Failure.PeerIncompatible.class)
                        .extracting(Failure::sentence)
                        .asString()
                        .contains("the peer uses no PPK", "ppk_required", "tunnel-ppk");
                scene.assertNothing();
            }
            default -> throw new IllegalArgumentException(outcome);
        }
    }

    @Test
    void theLogSaysThatAKeyIsInUse() throws Exception {
        scene.load(West.REQUIRED, East.THE_KEY);

        assertThat(EventLog.describe(
                        peers.west.events(IkeEvent.IkeSaEstablished.class).getFirst()))
                .contains("with PPK tunnel-ppk");
    }

    @Test
    void theRefusedInitiatorIsToldWhereToLook() throws Exception {
        scene.load(West.REQUIRED, East.OTHER);

        assertThat(failure(peers.west).sentence()).contains("whether it has the PPK tunnel-ppk");
        assertThat(failure(peers.east).sentence())
                .contains("we have no PPK with the id of the peer's, tunnel-ppk", "add a section secrets.ppk");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void differentSecretsUnderTheSameId(boolean required) throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "another secret")), eastSite().connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite()
                        .with(c -> c.ppk(policy(required)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));

        assertThat(refusal(peers.west).refusal()).isEqualTo(NotifyType.AUTHENTICATION_FAILED);
        assertThat(failure(peers.east).sentence())
                .contains(required ? "or different PPKs tunnel-ppk" : "the PPK tunnel-ppk of 192.0.2.1 is not ours");
        scene.assertNothing();
    }

    /** RFC 8784 3: a PPK_ID that is not configured for the identity of IDi counts as not known. */
    @Test
    void theConnectionWantsAnotherKeyThanThePeers() throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "the secret"), ppk("of-others", "x")),
                eastSite()
                        .with(c -> c.ppk(new PpkPolicy(id("of-others"), false)))
                        .connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite()
                        .with(c -> c.ppk(policy(true)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));

        assertThat(failure(peers.east).sentence()).contains("is not the one of this connection, of-others");
        scene.assertNothing();
    }

    @ParameterizedTest
    @CsvSource({"true, there is no PPK with id tunnel-ppk", "false, ''"})
    void theInitiatorLacksItsKey(boolean required, String complaint) throws Exception {
        peers.east.load(credentials(ppk("tunnel-ppk", "the secret")), eastSite().connection());
        peers.west.load(
                credentials(),
                westSite()
                        .with(c -> c.ppk(policy(required)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));

        if (required) {
            assertThat(failure(peers.west).sentence()).contains(complaint);
            assertThat(peers.network.sent()).isEmpty();
        } else {
            scene.assertUp(Optional.empty());
        }
    }

    @Test
    void aKeyWithoutIdServesAnyId() throws Exception {
        peers.east.load(
                credentials(new Ppk("ppk", List.of(), secret("the secret"))),
                eastSite().connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite()
                        .with(c -> c.ppk(policy(true)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));

        scene.assertUp(Optional.of("tunnel-ppk"));
    }

    /** The same random numbers on both ends each time: what differs is the PPK. */
    @Test
    void theKeyComesIntoTheKeysOfChildren() throws Exception {
        SecurityAssociation without = childOf(West.NONE, "any");
        SecurityAssociation with = childOf(West.REQUIRED, "the secret");
        SecurityAssociation other = childOf(West.REQUIRED, "another secret");

        assertThat(without.algorithms()).isNotEqualTo(with.algorithms());
        assertThat(other.algorithms()).isNotEqualTo(with.algorithms());
        assertThat(childOf(West.REQUIRED, "the secret").algorithms()).isEqualTo(with.algorithms());
    }

    /** RFC 8784 3: at a rekey the key is not used once more, but SK_d has it in it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rekeysGoOnWithIt(boolean byWest) throws Exception {
        scene.load(West.REQUIRED, East.THE_KEY_AND_REQUIRED);
        Host host = byWest ? peers.west : peers.east;
        host.ikeSa().rekey();
        peers.pass(Duration.ofSeconds(1));
        host.rekeyChild();
        peers.pass(Duration.ofSeconds(30));

        peers.assertTunnel();
        assertThat(peers.west.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes256gcm16-prfsha256-x25519", HYBRID, "aes128-aesxcbc-x25519", "aes128-sha512-x25519"})
    void withEveryPrfAndAfterIntermediateExchanges(String ike) throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                eastSite()
                        .proposing(ike, "aes256gcm16")
                        .with(c -> c.ppk(policy(true)))
                        .connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite()
                        .proposing(ike, "aes256gcm16")
                        .with(c -> c.ppk(policy(false)).childless(Childless.PREFER))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofSeconds(1));

        scene.assertUp(Optional.of("tunnel-ppk"));
    }

    @Test
    void aCookieChangesNothing() throws Exception {
        PpkScene crowded = new PpkScene(PpkScene.IN_AUTH
                .changed()
                .cookieThreshold(1)
                .cookieThresholdPerAddress(1)
                .build());
        crowded.peers.east.load(credentials(), eastSite().connection());
        HostilePeer.begin(crowded.peers.east, crowded.peers.network, westSite(), new SeededRandom(4));
        crowded.load(West.REQUIRED, East.THE_KEY);

        crowded.assertUp(Optional.of("tunnel-ppk"));
    }

    private static SecurityAssociation childOf(West west, String secret) throws Exception {
        TwoPeers anew = new PpkScene(PpkScene.IN_AUTH).peers;
        anew.east.load(credentials(ppk("tunnel-ppk", secret)), eastSite().connection());
        anew.west.load(
                credentials(ppk("tunnel-ppk", secret)),
                westSite()
                        .with(c -> c.ppk(policy(west)))
                        .starting(StartAction.START)
                        .connection());
        anew.pass(Duration.ofMillis(500));
        anew.assertTunnel();
        return anew.west.memory().installedSas().getFirst();
    }
}
