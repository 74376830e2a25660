package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;

/** What a peer with the right secret may say and must not break: payloads damaged before they are sealed. */
class AuthenticPeerTest {
    private static final int SAS = Integer.getInteger("ikebana.hostile.sas", 300);
    private static final int REQUESTS_AN_SA = 20;

    private final TwoPeers world;
    private final SeededRandom random = new SeededRandom(7);
    private final RandomGenerator choice = new SplittableRandom(7);
    private final Mutator mutator = new Mutator(choice);

    AuthenticPeerTest() throws Exception {
        world = new TwoPeers(MutationCampaign.withoutProtection());
        world.east.load(
                List.of(Site.secret("correct horse")), TwoPeers.eastSite().connection());
    }

    @Test
    void damagedIkeAuth() throws Exception {
        for (int i = 0; i < SAS; i++) {
            HostilePeer peer = begin();
            List<Payload> payloads = peer.authPayloads();
            sayDamaged(peer, ExchangeType.IKE_AUTH, payloads);
            sayDamaged(peer, ExchangeType.INFORMATIONAL, List.of(DeletePayload.ofIke()));
        }
        assertNothingStays();
    }

    @Test
    void damagedRequestsOnAnEstablishedSa() throws Exception {
        for (int i = 0; i < SAS; i++) {
            HostilePeer peer = begin();
            List<Payload> auth = peer.authPayloads();
            peer.say(ExchangeType.IKE_AUTH, MessageWriter.firstType(auth), MessageWriter.chain(auth));
            assertThat(world.east.memory().installedSas()).isNotEmpty();
            for (int n = 0; n < REQUESTS_AN_SA; n++) {
                ExchangeType exchange =
                        choice.nextBoolean() ? ExchangeType.INFORMATIONAL : ExchangeType.CREATE_CHILD_SA;
                sayDamaged(peer, exchange, exchange == ExchangeType.INFORMATIONAL ? deletes() : furtherChild(auth));
            }
        }
        assertNothingStays();
    }

    private HostilePeer begin() throws Exception {
        return HostilePeer.begin(world.east, world.network, TwoPeers.westSite(), random);
    }

    /** Nothing may be thrown, and a request gets one response at the most. */
    private void sayDamaged(HostilePeer peer, ExchangeType exchange, List<Payload> payloads) {
        byte[] chain = MessageWriter.chain(payloads);
        byte[] damaged = choice.nextInt(8) == 0 ? chain : mutator.mutate(chain, chain);
        world.network.sent().clear();
        try {
            peer.say(exchange, MessageWriter.firstType(payloads), damaged);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(exchange + " " + HexFormat.of().formatHex(damaged), e);
        }
        List<Datagram> sent = world.network.sent();
        assertThat(sent).hasSizeLessThanOrEqualTo(1);
        for (Datagram reply : sent) {
            IkeHeader header = MessageReader.readHeader(reply.payload()).orElseThrow();
            assertThat(header.response()).isTrue();
            assertThat(header.exchange()).contains(exchange);
        }
    }

    private static List<Payload> deletes() {
        return List.of(
                new DeletePayload(ProtocolId.ESP, List.of(Octets.ofInt(0xc1234567), Octets.ofInt(0xc7654321))),
                NotifyPayload.of(NotifyType.SET_WINDOW_SIZE, Octets.ofInt(4)));
    }

    /** The SA and TS payloads of IKE_AUTH with a nonce: what CREATE_CHILD_SA has. */
    private static List<Payload> furtherChild(List<Payload> auth) {
        List<Payload> payloads = new ArrayList<>();
        payloads.add(new NoncePayload(Octets.wrap(new byte[32])));
        auth.stream()
                .filter(p -> p.typeCode() == 33 || p.typeCode() == 44 || p.typeCode() == 45)
                .forEach(payloads::add);
        return payloads;
    }

    private void assertNothingStays() throws Exception {
        world.east.engine().shutdown(() -> {});
        world.pass(Duration.ofMinutes(10));
        assertThat(world.east.engine().ikeSas()).isEmpty();
        assertThat(world.east.engine().halfOpen()).isZero();
        assertThat(world.east.memory().snapshot().sas()).isEmpty();
        assertThat(world.east.memory().snapshot().policies()).isEmpty();
    }
}
