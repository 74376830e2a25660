package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;

/** Two peers of which west begins, and what each of them knows of post-quantum preshared keys. */
final class PpkScene {
    /** RFC 9867 where both can. */
    static final IkeSettings EARLY = IkeSettings.DEFAULT;

    /** RFC 8784. */
    static final IkeSettings IN_AUTH =
            IkeSettings.DEFAULT.changed().ppkIntermediate(false).build();

    final TwoPeers peers;
    /** What both sites are beside. */
    UnaryOperator<Site> westSite = UnaryOperator.identity();

    UnaryOperator<Site> eastSite = UnaryOperator.identity();

    PpkScene(IkeSettings settings) throws Exception {
        this(settings, settings);
    }

    PpkScene(IkeSettings ofWest, IkeSettings ofEast) throws Exception {
        peers = new TwoPeers(ofWest, ofEast);
    }

    /** West's {@code ppk_id}; it has the key. */
    enum West {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** What east has, and whether its {@code ppk_required} is set; {@code OTHER} is a key with another id. */
    enum East {
        NOTHING,
        NOTHING_BUT_REQUIRED,
        OTHER,
        OTHER_AND_REQUIRED,
        THE_KEY,
        THE_KEY_AND_REQUIRED
    }

    void load(West west, East east) throws Exception {
        boolean required = east.name().endsWith("REQUIRED");
        Ppk[] keys = east.name().startsWith("NOTHING")
                ? new Ppk[0]
                : new Ppk[] {ppk(east.name().startsWith("OTHER") ? "other-ppk" : "tunnel-ppk", "the secret")};
        peers.east.load(
                credentials(keys),
                eastSite.apply(eastSite())
                        .with(c -> c.ppk(new PpkPolicy(Optional.empty(), required)))
                        .connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite.apply(westSite())
                        .with(c -> c.ppk(policy(west)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));
    }

    static PpkPolicy policy(West west) {
        return west == West.NONE ? PpkPolicy.NONE : policy(west == West.REQUIRED);
    }

    static PpkPolicy policy(boolean required) {
        return new PpkPolicy(id("tunnel-ppk"), required);
    }

    static Optional<Identity> id(String text) {
        try {
            return Optional.of(Identity.parse(text));
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Credentials credentials(Ppk... ppks) {
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                new Ppks(List.of(ppks)),
                EapTest.passwords("west.example.org", "Ar3etTnp"),
                Certificates.NONE,
                StatusSources.NONE);
    }

    static Ppk ppk(String id, String secret) {
        return new Ppk("ppk-test", List.of(id(id).orElseThrow()), secret(secret));
    }

    static Secret secret(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    void assertUp(Optional<String> ppk) {
        peers.assertTunnel();
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.events(IkeEvent.IkeSaEstablished.class))
                    .singleElement()
                    .extracting(IkeEvent.IkeSaEstablished::ppk)
                    .isEqualTo(ppk);
        }
    }

    void assertNothing() {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.memory().installedSas()).isEmpty();
            assertThat(host.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        }
    }

    static Failure failure(Host host) {
        assertThat(host.events(IkeEvent.NegotiationFailed.class)).isNotEmpty();
        return host.events(IkeEvent.NegotiationFailed.class).getFirst().failure();
    }

    static Failure.PeerRefused refusal(Host host) {
        return (Failure.PeerRefused) failure(host);
    }
}
