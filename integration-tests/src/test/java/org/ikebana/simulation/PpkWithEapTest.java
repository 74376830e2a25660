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
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.eap.EapAuth;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.simulation.PpkScene.East;
import org.ikebana.simulation.PpkScene.West;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that logs in by EAP brings its PPK with the proof that follows EAP (RFC 8784 3). West logs in. */
class PpkWithEapTest {
    private static final AuthConfig WEST = new AuthConfig(
                    Method.EAP, id("west.example.org").orElseThrow())
            .with(EapAuth.of(List.of(EapMethod.MSCHAPV2)));
    private static final AuthConfig EAST =
            new AuthConfig(Method.PSK, id("east.example.org").orElseThrow());

    private final PpkScene scene = new PpkScene(PpkScene.IN_AUTH);
    private final TwoPeers peers = scene.peers;

    PpkWithEapTest() throws Exception {
        scene.westSite = site -> site.with(c -> c.local(WEST).remote(EAST));
        scene.eastSite = site -> site.with(c -> c.local(EAST).remote(WEST));
    }

    /** As without EAP in {@link PpkTest}. */
    @ParameterizedTest
    @CsvSource({
        "NONE,     THE_KEY,              plain",
        "NONE,     THE_KEY_AND_REQUIRED, refused",
        "OPTIONAL, NOTHING,              plain",
        "OPTIONAL, NOTHING_BUT_REQUIRED, refused",
        "OPTIONAL, OTHER,                plain",
        "OPTIONAL, OTHER_AND_REQUIRED,   refused",
        "OPTIONAL, THE_KEY,              ppk",
        "OPTIONAL, THE_KEY_AND_REQUIRED, ppk",
        "REQUIRED, NOTHING,              incompatible",
        "REQUIRED, OTHER,                refused",
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
                assertThat(failure(peers.east).sentence()).contains("PPK");
                scene.assertNothing();
            }
            case "incompatible" -> {
                assertThat(failure(peers.west))
                        .isInstanceOf(Failure.PeerIncompatible.class)
                        .extracting(Failure::sentence)
                        .asString()
                        .contains("the peer uses no PPK (RFC 8784)", "ppk_required", "tunnel-ppk");
                scene.assertNothing();
            }
            default -> throw new IllegalArgumentException(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void differentSecretsUnderTheSameId(boolean required) throws Exception {
        peers.east.load(
                credentials(ppk("tunnel-ppk", "another secret")),
                scene.eastSite.apply(eastSite()).connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                scene.westSite
                        .apply(westSite())
                        .with(c -> c.ppk(policy(required)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));

        assertThat(refusal(peers.west).refusal()).isEqualTo(NotifyType.AUTHENTICATION_FAILED);
        assertThat(failure(peers.east).sentence()).contains("the two sides have different PPKs tunnel-ppk");
        scene.assertNothing();
    }

    /** RFC 8784 does not say with which of several authentications it would come in. */
    @Test
    void notWithSeveralRounds() throws Exception {
        AuthConfig first = new AuthConfig(Method.PSK, WEST.id());
        AuthConfig both = first.with(List.of(WEST));
        scene.westSite = site -> site.with(c -> c.local(both).remote(EAST));
        scene.eastSite = site -> site.with(c -> c.local(EAST).remote(both));
        scene.load(West.REQUIRED, East.THE_KEY);

        assertThat(failure(peers.west).sentence())
                .contains("the peer uses no PPK (RFC 9867, which further rounds ask for)");
    }
}
