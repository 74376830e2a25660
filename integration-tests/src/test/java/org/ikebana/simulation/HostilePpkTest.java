package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer that knows the shared key, and not the PPK, may say of PPKs (RFC 8784 3). */
class HostilePpkTest {
    private static final Octets KNOWN = fixed("tunnel-ppk");

    private final TwoPeers peers = new TwoPeers();

    HostilePpkTest() throws Exception {}

    static Stream<Octets> unknownIds() {
        byte[] tooLong = new byte[5000];
        tooLong[0] = 2;
        return Stream.of(
                Octets.EMPTY,
                Octets.copyOf((byte) 2),
                Octets.copyOf((byte) 1),
                fixed("tunnel-pp"),
                fixed("tunnel-ppk\0"),
                Octets.copyOf((byte) 0, (byte) 't'),
                ofType(1, "tunnel-ppk"),
                ofType(0, "tunnel-ppk"),
                ofType(3, "tunnel-ppk"),
                ofType(255, "tunnel-ppk"),
                Octets.wrap(tooLong));
    }

    @ParameterizedTest
    @MethodSource("unknownIds")
    void isRefusedWithoutAnythingInItsPlace(Octets id) throws Exception {
        HostilePeer peer = begin(false);
        say(peer, peer.authPayloads(), NotifyPayload.of(NotifyType.PPK_IDENTITY, id));

        assertRefused(peer);
    }

    @ParameterizedTest
    @MethodSource("unknownIds")
    void goesOnWithTheProofInItsPlace(Octets id) throws Exception {
        HostilePeer peer = begin(false);
        List<Payload> payloads = peer.authPayloads();
        say(
                peer,
                garbledAuth(payloads),
                NotifyPayload.of(NotifyType.PPK_IDENTITY, id),
                NotifyPayload.of(NotifyType.NO_PPK_AUTH, auth(payloads).data()));

        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class))
                .singleElement()
                .extracting(IkeEvent.IkeSaEstablished::ppk)
                .isEqualTo(Optional.empty());
        assertThat(peer.hear()).singleElement().matches(heard -> !heard.has(NotifyType.PPK_IDENTITY));
    }

    @ParameterizedTest
    @MethodSource("unknownIds")
    void isRefusedWhereOneIsRequired(Octets id) throws Exception {
        HostilePeer peer = begin(true);
        List<Payload> payloads = peer.authPayloads();
        say(
                peer,
                payloads,
                NotifyPayload.of(NotifyType.PPK_IDENTITY, id),
                NotifyPayload.of(NotifyType.NO_PPK_AUTH, auth(payloads).data()));

        assertRefused(peer);
    }

    /** Who says the id of the key must know the key; the way out without it is not for who has named it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theIdAloneIsNoKey(boolean required) throws Exception {
        HostilePeer peer = begin(required);
        List<Payload> payloads = peer.authPayloads();
        say(
                peer,
                payloads,
                NotifyPayload.of(NotifyType.PPK_IDENTITY, KNOWN),
                NotifyPayload.of(NotifyType.NO_PPK_AUTH, auth(payloads).data()));

        assertRefused(peer);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 2000})
    void aWrongProofInItsPlace(int length) throws Exception {
        HostilePeer peer = begin(false);
        say(
                peer,
                peer.authPayloads(),
                NotifyPayload.of(NotifyType.PPK_IDENTITY, fixed("no-such-ppk")),
                NotifyPayload.of(NotifyType.NO_PPK_AUTH, Octets.wrap(new byte[length])));

        assertRefused(peer);
    }

    /** RFC 8784 3: it must be named once it has been promised. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void promisedAndNotNamed(boolean required) throws Exception {
        HostilePeer peer = begin(required);
        say(peer, peer.authPayloads());

        assertRefused(peer);
    }

    /** It counts only what both have said in IKE_SA_INIT. */
    @Test
    void namedAndNotPromised() throws Exception {
        load(false);
        HostilePeer peer = HostilePeer.begin(peers.east, peers.network, TwoPeers.westSite(), new SeededRandom(7));
        say(peer, peer.authPayloads(), NotifyPayload.of(NotifyType.PPK_IDENTITY, KNOWN));

        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).hasSize(1);
        assertThat(peer.hear()).singleElement().matches(heard -> !heard.has(NotifyType.PPK_IDENTITY));
    }

    @Test
    void anyOctetsAtAll() throws Exception {
        SplittableRandom choice = new SplittableRandom(11);
        for (int i = 0; i < 200; i++) {
            HostilePeer peer = begin(false);
            List<NotifyPayload> more = new ArrayList<>();
            for (int n = choice.nextInt(4); n >= 0; n--) {
                byte[] data = new byte[choice.nextInt(64)];
                choice.nextBytes(data);
                if (data.length > 0) {
                    data[0] = 2;
                }
                int type = choice.nextBoolean() ? NotifyType.PPK_IDENTITY : NotifyType.NO_PPK_AUTH;
                more.add(NotifyPayload.of(type, Octets.wrap(data)));
            }
            say(peer, peer.authPayloads(), more.toArray(NotifyPayload[]::new));
            assertRefused(peer);
        }
    }

    private HostilePeer begin(boolean required) throws Exception {
        load(required);
        return HostilePeer.begin(
                peers.east,
                peers.network,
                TwoPeers.westSite(),
                new SeededRandom(7),
                NotifyPayload.of(NotifyType.USE_PPK));
    }

    private void load(boolean required) throws Exception {
        Ppk ppk = new Ppk(
                "ppk",
                List.of(Identity.parse("tunnel-ppk")),
                Secret.wrap("the secret".getBytes(StandardCharsets.UTF_8)));
        peers.east.load(
                new Credentials(new SharedKeys(List.of(Site.secret("correct horse"))), new Ppks(List.of(ppk))),
                TwoPeers.eastSite()
                        .with(c -> c.ppk(new PpkPolicy(Optional.empty(), required)))
                        .connection());
    }

    private static void say(HostilePeer peer, List<Payload> auth, NotifyPayload... more) {
        List<Payload> all = new ArrayList<>(auth);
        all.addAll(List.of(more));
        peer.say(ExchangeType.IKE_AUTH, all.toArray(Payload[]::new));
    }

    private void assertRefused(HostilePeer peer) throws Exception {
        assertThat(peer.hear())
                .last()
                .matches(heard -> heard.has(NotifyType.AUTHENTICATION_FAILED)
                        && heard.payloads().size() == 1);
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }

    private static AuthPayload auth(List<Payload> payloads) {
        return payloads.stream()
                .filter(AuthPayload.class::isInstance)
                .map(AuthPayload.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<Payload> garbledAuth(List<Payload> payloads) {
        return payloads.stream()
                .map(payload -> payload instanceof AuthPayload auth
                        ? new AuthPayload(auth.method(), Octets.wrap(new byte[32]))
                        : payload)
                .toList();
    }

    private static Octets fixed(String id) {
        return ofType(2, id);
    }

    private static Octets ofType(int type, String id) {
        byte[] octets = (" " + id).getBytes(StandardCharsets.US_ASCII);
        octets[0] = (byte) type;
        return Octets.wrap(octets);
    }
}
