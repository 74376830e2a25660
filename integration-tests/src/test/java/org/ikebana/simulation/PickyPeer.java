package org.ikebana.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.ts.Narrowing;
import org.ikebana.ike.ts.SelectorCodec;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.ProposalSubstructure;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TsPayload;

/** Answers what the victim asks of it, and takes of its traffic selectors what it likes; remembers what was asked for. */
final class PickyPeer {
    private static final int LIMIT = 200;

    private final TwoPeers peers;
    private final HostilePeer peer;
    private final SeededRandom random;
    private final Taste taste;
    private final List<String> asked = new ArrayList<>();
    private int spi = 0xc0ffee00;

    /** What a peer says to a request. */
    @FunctionalInterface
    interface Taste {
        Answer answer(List<TrafficSelector> initiators, List<TrafficSelector> responders);
    }

    sealed interface Answer {
        record Taken(List<TrafficSelector> initiators, List<TrafficSelector> responders) implements Answer {}

        record Refused(int notifyType) implements Answer {}
    }

    PickyPeer(TwoPeers peers, HostilePeer peer, SeededRandom random, Taste taste) {
        this.peers = peers;
        this.peer = peer;
        this.random = random;
        this.taste = taste;
    }

    /** Has children with these selectors, and answers with the first that fits: "10.2.0.0/16 === 10.1.0.0/16". */
    static Taste having(String... children) {
        return (initiators, responders) -> {
            for (String child : children) {
                String[] sides = child.split(" === ");
                Narrowing theirs = Narrowing.narrow(initiators, selectors(sides[0]));
                Narrowing ours = Narrowing.narrow(responders, selectors(sides[1]));
                if (theirs instanceof Narrowing.Narrowed i && ours instanceof Narrowing.Narrowed r) {
                    return new Answer.Taken(i.selectors(), r.selectors());
                }
            }
            return new Answer.Refused(NotifyType.TS_UNACCEPTABLE);
        };
    }

    /** Never takes more than one selector of either side at once, and says so. */
    static Taste onlyPairs(Taste taste, int refusal) {
        return (initiators, responders) -> initiators.size() == 1 && responders.size() == 1
                ? taste.answer(initiators, responders)
                : new Answer.Refused(refusal);
    }

    /** Answers until the victim has nothing more to say. */
    void attend() {
        peers.pass(Duration.ofMillis(1));
        for (int i = 0; i < LIMIT; i++) {
            List<HostilePeer.Heard> heard = peer.hear();
            if (heard.isEmpty()) {
                return;
            }
            heard.stream().filter(h -> !h.header().response()).forEach(this::answer);
            peers.pass(Duration.ofMillis(1));
        }
        throw new AssertionError("it does not stop asking: " + asked);
    }

    /** What was asked for, in order, since this was last asked. */
    List<String> asked() {
        List<String> told = List.copyOf(asked);
        asked.clear();
        return told;
    }

    private void answer(HostilePeer.Heard request) {
        boolean creates = request.header()
                .exchange()
                .filter(ExchangeType.CREATE_CHILD_SA::equals)
                .isPresent();
        if (!creates) {
            peer.answer(request);
            return;
        }
        List<TrafficSelector> initiators = selectors(request, PayloadType.TSI);
        List<TrafficSelector> responders = selectors(request, PayloadType.TSR);
        asked.add((request.has(NotifyType.REKEY_SA) ? "rekey " : "") + words(initiators) + " === " + words(responders));
        switch (taste.answer(initiators, responders)) {
            case Answer.Taken taken ->
                peer.answer(
                        request,
                        offer(request.first(SaPayload.class)),
                        new NoncePayload(nonce()),
                        SelectorCodec.toWire(PayloadType.TSI, taken.initiators()),
                        SelectorCodec.toWire(PayloadType.TSR, taken.responders()));
            case Answer.Refused refused -> peer.answer(request, NotifyPayload.of(refused.notifyType()));
        }
    }

    /** Deletes the pair with this inbound SPI of its own. */
    void delete(int inbound) {
        peer.say(ExchangeType.INFORMATIONAL, new DeletePayload(ProtocolId.ESP, List.of(Octets.ofInt(inbound))));
    }

    private SaPayload offer(SaPayload request) {
        ProposalSubstructure first = request.proposals().getFirst();
        return new SaPayload(List.of(
                new ProposalSubstructure(first.number(), first.protocolId(), Octets.ofInt(spi++), first.transforms())));
    }

    private Octets nonce() {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        return Octets.wrap(octets);
    }

    private static List<TrafficSelector> selectors(HostilePeer.Heard message, PayloadType type) {
        Optional<TsPayload> payload = message.payloads().stream()
                .filter(TsPayload.class::isInstance)
                .map(TsPayload.class::cast)
                .filter(ts -> ts.type() == type)
                .findFirst();
        return SelectorCodec.fromWire(payload.orElseThrow());
    }

    static List<TrafficSelector> selectors(String text) {
        List<TrafficSelector> selectors = new ArrayList<>();
        for (String selector : text.split(" ")) {
            try {
                selectors.add(SelectorSyntax.parse(selector));
            } catch (Exception e) {
                throw new IllegalArgumentException(e);
            }
        }
        return selectors;
    }

    private static String words(List<TrafficSelector> selectors) {
        return String.join(
                " ", selectors.stream().map(TrafficSelector::toString).toList());
    }
}
