package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.wire.NotifyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Post-quantum preshared keys (RFC 8784): who has one, who insists on it, and what comes of it. */
class PpkTest {
    private static final String HYBRID = "aes256gcm16-prfsha256-x25519-ke1_mlkem768";

    private TwoPeers peers = new TwoPeers();

    PpkTest() throws Exception {}

    /** West's {@code ppk_id}; it has the key. */
    private enum West {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** What east has, and whether its {@code ppk_required} is set; {@code OTHER} is a key with another id. */
    private enum East {
        NOTHING,
        NOTHING_BUT_REQUIRED,
        OTHER,
        OTHER_AND_REQUIRED,
        THE_KEY,
        THE_KEY_AND_REQUIRED
    }

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
        load(west, east);

        switch (outcome) {
            case "plain" -> assertUp(Optional.empty());
            case "ppk" -> assertUp(Optional.of("tunnel-ppk"));
            case "refused" -> {
                assertThat(refusal(peers.west).refusal()).isEqualTo(NotifyType.AUTHENTICATION_FAILED);
                assertThat(failure(peers.east))
                        .isInstanceOf(Failure.AuthenticationFailed.class)
                        .extracting(Failure::sentence)
                        .asString()
                        .contains("PPK");
                assertNothing();
            }
            case "incompatible" -> {
                assertThat(failure(peers.west))
                        .isInstanceOf(Failure.PeerIncompatible.class)
                        .extracting(Failure::sentence)
                        .asString()
                        .contains("the peer uses no PPK", "ppk_required", "tunnel-ppk");
                assertNothing();
            }
            default -> throw new IllegalArgumentException(outcome);
        }
    }

    @Test
    void theLogSaysThatAKeyIsInUse() throws Exception {
        load(West.REQUIRED, East.THE_KEY);

        assertThat(EventLog.describe(
                        peers.west.events(IkeEvent.IkeSaEstablished.class).getFirst()))
                .contains("with PPK tunnel-ppk");
    }

    @Test
    void theRefusedInitiatorIsToldWhereToLook() throws Exception {
        load(West.REQUIRED, East.OTHER);

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
        assertNothing();
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
        assertNothing();
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
            assertUp(Optional.empty());
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

        assertUp(Optional.of("tunnel-ppk"));
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
        load(West.REQUIRED, East.THE_KEY_AND_REQUIRED);
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

        assertUp(Optional.of("tunnel-ppk"));
    }

    @Test
    void aCookieChangesNothing() throws Exception {
        peers = new TwoPeers(org.ikebana.ike.connection.IkeSettings.DEFAULT
                .changed()
                .cookieThreshold(1)
                .cookieThresholdPerAddress(1)
                .build());
        HostilePeer.begin(peers.east, peers.network, eastKnowing(), new SeededRandom(4));
        load(West.REQUIRED, East.THE_KEY);

        assertUp(Optional.of("tunnel-ppk"));
    }

    private Site eastKnowing() throws Exception {
        peers.east.load(credentials(ppk("tunnel-ppk", "the secret")), eastSite().connection());
        return westSite();
    }

    private SecurityAssociation childOf(West west, String secret) throws Exception {
        peers = new TwoPeers();
        peers.east.load(credentials(ppk("tunnel-ppk", secret)), eastSite().connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", secret)),
                westSite()
                        .with(c -> c.ppk(policy(west)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));
        peers.assertTunnel();
        return peers.west.memory().installedSas().getFirst();
    }

    private void load(West west, East east) throws Exception {
        boolean required = east.name().endsWith("REQUIRED");
        Ppk[] keys = east.name().startsWith("NOTHING")
                ? new Ppk[0]
                : new Ppk[] {ppk(east.name().startsWith("OTHER") ? "other-ppk" : "tunnel-ppk", "the secret")};
        peers.east.load(
                credentials(keys),
                eastSite()
                        .with(c -> c.ppk(new PpkPolicy(Optional.empty(), required)))
                        .connection());
        peers.west.load(
                credentials(ppk("tunnel-ppk", "the secret")),
                westSite()
                        .with(c -> c.ppk(policy(west)))
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofMillis(500));
    }

    private static PpkPolicy policy(West west) {
        return west == West.NONE ? PpkPolicy.NONE : policy(west == West.REQUIRED);
    }

    private static PpkPolicy policy(boolean required) {
        return new PpkPolicy(id("tunnel-ppk"), required);
    }

    private static Optional<Identity> id(String text) {
        try {
            return Optional.of(Identity.parse(text));
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Credentials credentials(Ppk... ppks) {
        return new Credentials(new SharedKeys(List.of(Site.secret("correct horse"))), new Ppks(List.of(ppks)));
    }

    private static Ppk ppk(String id, String secret) {
        return new Ppk("ppk-test", List.of(id(id).orElseThrow()), secret(secret));
    }

    private static Secret secret(String text) {
        return Secret.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertUp(Optional<String> ppk) {
        peers.assertTunnel();
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.events(IkeEvent.IkeSaEstablished.class))
                    .singleElement()
                    .extracting(IkeEvent.IkeSaEstablished::ppk)
                    .isEqualTo(ppk);
        }
    }

    private void assertNothing() {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.memory().installedSas()).isEmpty();
            assertThat(host.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        }
    }

    private static Failure failure(Host host) {
        assertThat(host.events(IkeEvent.NegotiationFailed.class)).isNotEmpty();
        return host.events(IkeEvent.NegotiationFailed.class).getFirst().failure();
    }

    private static Failure.PeerRefused refusal(Host host) {
        return (Failure.PeerRefused) failure(host);
    }
}
