package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.ts.SelectorCodec;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.ProposalSubstructure;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TsPayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two children that a peer, which is scripted, asks for as if they were one (RFC 7296 2.9). */
class NarrowingResponderTest {
    private static final String ALL_WEST = "10.1.0.0/16 10.5.0.0/16";
    private static final String ALL_EAST = "10.2.0.0/16 10.6.0.0/16";

    private final TwoPeers peers = new TwoPeers();
    private final SeededRandom random = new SeededRandom(3);
    private List<Payload> auth = List.of();
    private HostilePeer peer;
    private int spi = 0xc0ffee00;

    NarrowingResponderTest() throws Exception {
        Site east = eastSite();
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("a", "10.2.0.0/16", "10.1.0.0/16"), east.child("b", "10.6.0.0/16", "10.5.0.0/16")));
        peer = HostilePeer.begin(peers.east, peers.network, westSite(), random);
    }

    @BeforeEach
    void prepare() throws Exception {
        auth = peer.authPayloads();
    }

    @Test
    void whatNeedsAnSaOfItsOwnIsAnnounced() throws Exception {
        authenticate(ALL_WEST, ALL_EAST);

        assertThat(selectors()).containsExactly("10.2.0.0/16 === 10.1.0.0/16");
        assertThat(peer.hear().getLast().has(NotifyType.ADDITIONAL_TS_POSSIBLE)).isTrue();
    }

    @Test
    void andNotWhereNothingIsLeft() throws Exception {
        authenticate("10.1.0.0/16", ALL_EAST);

        assertThat(peer.hear().getLast().has(NotifyType.ADDITIONAL_TS_POSSIBLE)).isFalse();
    }

    /** A responder MUST include the initiator's first choices. */
    @Test
    void thePacketDecides() throws Exception {
        authenticate("10.5.0.7 " + ALL_WEST, "10.6.0.7 " + ALL_EAST);

        assertThat(selectors()).containsExactly("10.6.0.0/16 === 10.5.0.0/16");
        assertThat(peer.hear().getLast().has(NotifyType.ADDITIONAL_TS_POSSIBLE)).isTrue();
    }

    @Test
    void severalSasOfOneChildHaveReqidsOfTheirOwn() throws Exception {
        authenticate("10.1.1.0/24", "10.2.0.0/16");
        create("10.1.2.0/24", "10.2.0.0/16");

        assertThat(selectors()).containsExactly("10.2.0.0/16 === 10.1.1.0/24", "10.2.0.0/16 === 10.1.2.0/24");
        List<ChildSa> children = peers.east.ikeSa().childSas();
        assertThat(children).allMatch(child -> child.config().name().equals("a"));
        assertThat(children.getFirst().reqid()).isNotEqualTo(children.getLast().reqid());
        assertThat(peers.east.memory().snapshot().policies()).hasSize(6);
    }

    /** RFC 7296 2.9.2: whatever more the peer offers, the selectors in use stay. */
    @Test
    void aRekeyKeepsTheSelectors() throws Exception {
        authenticate("10.1.1.0/24", "10.2.0.0/16");
        ChildSa old = peers.east.ikeSa().childSas().getFirst();
        peer.hear();
        peer.say(
                ExchangeType.CREATE_CHILD_SA,
                Stream.concat(
                                Stream.of(new NotifyPayload(
                                        ProtocolId.ESP,
                                        Octets.ofInt(old.outbound().spi().value()),
                                        NotifyType.REKEY_SA,
                                        Octets.EMPTY)),
                                creation("10.1.0.0/16", ALL_EAST))
                        .toArray(Payload[]::new));

        List<TsPayload> answer = peer.hear().getLast().payloads().stream()
                .filter(TsPayload.class::isInstance)
                .map(TsPayload.class::cast)
                .toList();
        assertThat(SelectorCodec.fromWire(answer.getFirst())).hasToString("[10.1.1.0/24]");
        assertThat(SelectorCodec.fromWire(answer.getLast())).hasToString("[10.2.0.0/16]");
    }

    private void authenticate(String west, String east) throws Exception {
        List<Payload> request = new ArrayList<>(auth);
        request.removeIf(TsPayload.class::isInstance);
        request.addAll(selectors(west, east));
        peer.say(ExchangeType.IKE_AUTH, request.toArray(Payload[]::new));
    }

    private void create(String west, String east) throws Exception {
        peer.say(ExchangeType.CREATE_CHILD_SA, creation(west, east).toArray(Payload[]::new));
    }

    private Stream<Payload> creation(String west, String east) throws Exception {
        SaPayload offer = auth.stream()
                .filter(SaPayload.class::isInstance)
                .map(SaPayload.class::cast)
                .findFirst()
                .orElseThrow();
        ProposalSubstructure first = offer.proposals().getFirst();
        SaPayload own = new SaPayload(List.of(
                new ProposalSubstructure(first.number(), first.protocolId(), Octets.ofInt(spi++), first.transforms())));
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        return Stream.concat(Stream.of(own, new NoncePayload(Octets.wrap(nonce))), selectors(west, east).stream());
    }

    private static List<Payload> selectors(String west, String east) throws Exception {
        return List.of(
                SelectorCodec.toWire(PayloadType.TSI, parse(west)), SelectorCodec.toWire(PayloadType.TSR, parse(east)));
    }

    private static List<TrafficSelector> parse(String text) throws Exception {
        List<TrafficSelector> selectors = new ArrayList<>();
        for (String selector : text.split(" ")) {
            selectors.add(SelectorSyntax.parse(selector));
        }
        return selectors;
    }

    private List<String> selectors() {
        return peers.east.ikeSa().childSas().stream()
                .map(child -> child.selectors().toString())
                .toList();
    }
}
