package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.PpkScene.credentials;
import static org.ikebana.simulation.PpkScene.failure;
import static org.ikebana.simulation.PpkScene.id;
import static org.ikebana.simulation.PpkScene.policy;
import static org.ikebana.simulation.PpkScene.ppk;
import static org.ikebana.simulation.PpkScene.refusal;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.simulation.PpkScene.East;
import org.ikebana.simulation.PpkScene.West;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Post-quantum preshared keys mixed in before IKE_AUTH (RFC 9867). */
class PpkIntermediateTest {
    private final PpkScene scene = new PpkScene(PpkScene.EARLY);
    private final TwoPeers peers = scene.peers;

    PpkIntermediateTest() throws Exception {}

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
        "REQUIRED, OTHER,                incompatible",
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
                assertThat(failure(peers.east)).isInstanceOf(Failure.AuthenticationFailed.class);
                assertThat(failure(peers.east).sentence()).contains("PPK", "ppk_required");
                scene.assertNothing();
            }
            case "incompatible" -> {
                assertThat(failure(peers.west)).isInstanceOf(Failure.PeerIncompatible.class);
                assertThat(failure(peers.west).sentence()).contains("PPK", "tunnel-ppk", "ppk_required");
                scene.assertNothing();
            }
            default -> throw new IllegalArgumentException(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-prfsha256-x25519, 1",
        "aes256-sha512-x25519, 1",
        "aes128-aesxcbc-x25519, 1",
        "aes256gcm16-prfsha384-x25519-ke1_mlkem768, 1",
        "aes256gcm16-prfsha256-x25519-ke1_mlkem768-ke2_ecp256, 2",
    })
    void comesWithTheLastOfTheExchangesBeforeIkeAuth(String ike, int exchanges) throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                eastSite().proposing(ike, "aes256gcm16").connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite()
                        .proposing(ike, "aes256gcm16")
                        .with(c -> c.ppk(policy(true)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofSeconds(1));

        scene.assertUp(Optional.of("tunnel-ppk"));
        assertThat(peers.network.sent())
                .extracting(d -> MessageReader.readHeader(d.payload()).orElseThrow())
                .filteredOn(header -> header.exchange().equals(Optional.of(ExchangeType.IKE_INTERMEDIATE)))
                .extracting(header -> header.messageId())
                .contains(exchanges)
                .doesNotContain(exchanges + 1);
    }

    /** Either end alone can do no more than RFC 8784. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneEndCannot(boolean west) throws Exception {
        PpkScene uneven =
                new PpkScene(west ? PpkScene.IN_AUTH : PpkScene.EARLY, west ? PpkScene.EARLY : PpkScene.IN_AUTH);
        uneven.load(West.REQUIRED, East.THE_KEY_AND_REQUIRED);

        uneven.assertUp(Optional.of("tunnel-ppk"));
        assertThat(uneven.peers.network.sent()).noneMatch(d -> d.payload()[18] == ExchangeType.IKE_INTERMEDIATE.code());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void differentSecretsUnderTheSameId(boolean required) throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "another secret")), eastSite().connection());
        begin(required, ppk("tunnel-ppk", "the secret"));

        if (required) {
            assertThat(failure(peers.west).sentence()).contains("or another secret under that id");
            scene.assertNothing();
        } else {
            scene.assertUp(Optional.empty());
        }
    }

    /** It is mixed in before the responder knows who the peer is, and judged when it does. */
    @Test
    void theConnectionWantsAnotherKeyThanThePeers() throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "the secret"), ppk("of-others", "x")),
                eastSite()
                        .with(c -> c.ppk(new PpkPolicy(id("of-others"), false)))
                        .connection());
        begin(true, ppk("tunnel-ppk", "the secret"));

        assertThat(failure(peers.east).sentence()).contains("is not the one of this connection, of-others");
        assertThat(refusal(peers.west).refusal()).isEqualTo(NotifyType.AUTHENTICATION_FAILED);
        scene.assertNothing();
    }

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
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSixthOfAllDatagramsIsLost(long seed) throws Exception {
        Random random = new Random(seed);
        peers.network.lose(d -> random.nextInt(6) == 0);
        scene.load(West.REQUIRED, seed % 2 == 0 ? East.THE_KEY : East.THE_KEY_AND_REQUIRED);
        peers.pass(Duration.ofMinutes(3));

        peers.assertTunnel();
    }

    private void begin(boolean required, Ppk... ppks) throws Exception {
        peers.west.load(
                credentials(ppks),
                westSite()
                        .with(c -> c.ppk(policy(required)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));
    }
}
