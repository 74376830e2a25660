package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.eap.EapAuth;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.eap.EapPacket;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.EapPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who knows no password says in EAP what it likes, under the keys of IKE_SA_INIT, which everybody gets. */
class HostileEapTest {
    private final TwoPeers peers = new TwoPeers();

    HostileEapTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void garbage(long seed) throws Exception {
        Random random = new Random(seed);
        HostilePeer peer = begin();
        for (int i = 0; i < 20 && peers.east.engine().halfOpen() > 0; i++) {
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            Octets packet = random.nextBoolean()
                    ? Octets.wrap(octets)
                    : new EapPacket.Response(lastIdentifier(peer), 26, Octets.wrap(octets)).encode();
            peer.say(ExchangeType.IKE_AUTH, new EapPayload(packet));
            peers.pass(Duration.ofMillis(100));
        }
        assertRefused();
    }

    /** The AUTH payload of a shared key, in the hope that this ends it. */
    @Test
    void aShortCut() throws Exception {
        HostilePeer peer = begin();
        peer.say(
                ExchangeType.IKE_AUTH,
                peer.authPayloads().stream()
                        .filter(AuthPayload.class::isInstance)
                        .toArray(Payload[]::new));
        peers.pass(Duration.ofMillis(100));
        assertRefused();
    }

    @Test
    void itDecidesItself() throws Exception {
        HostilePeer peer = begin();
        peer.say(ExchangeType.IKE_AUTH, new EapPayload(new EapPacket.Success(lastIdentifier(peer)).encode()));
        peers.pass(Duration.ofMillis(100));
        assertRefused();
    }

    /** Nothing else has its place before. */
    @Test
    void anotherExchangeInBetween() throws Exception {
        HostilePeer peer = begin();
        peer.say(ExchangeType.INFORMATIONAL);
        peers.pass(Duration.ofMillis(100));
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(peers.east.engine().halfOpen()).isEqualTo(1);
    }

    private HostilePeer begin() throws Exception {
        AuthConfig east = eastSite().connection().local();
        AuthConfig west = new AuthConfig(
                        Method.EAP, eastSite().connection().remote().id())
                .with(EapAuth.of(List.of(EapMethod.MSCHAPV2)));
        peers.east
                .engine()
                .load(
                        List.of(eastSite().with(c -> c.local(east).remote(west)).connection()),
                        new Credentials(
                                new SharedKeys(List.of(Site.secret("correct horse"))),
                                Ppks.NONE,
                                EapTest.passwords("carol@example.org", "Ar3etTnp"),
                                Certificates.NONE,
                                StatusSources.NONE));
        HostilePeer peer = HostilePeer.begin(peers.east, peers.network, westSite(), new SeededRandom(7));
        List<Payload> first = new ArrayList<>(peer.authPayloads());
        first.removeIf(AuthPayload.class::isInstance);
        peer.say(ExchangeType.IKE_AUTH, first.toArray(Payload[]::new));
        peers.pass(Duration.ofMillis(100));
        assertThat(peers.east.engine().halfOpen()).isEqualTo(1);
        return peer;
    }

    private static int lastIdentifier(HostilePeer peer) {
        return peer.hear().stream()
                .flatMap(heard -> heard.payloads().stream())
                .filter(EapPayload.class::isInstance)
                .map(payload -> ((EapPayload) payload).message().at(1))
                .reduce(0, (before, last) -> last);
    }

    private void assertRefused() {
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        assertThat(peers.east.engine().halfOpen()).isZero();
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }
}
