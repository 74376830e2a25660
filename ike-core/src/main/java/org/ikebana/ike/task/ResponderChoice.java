package org.ikebana.ike.task;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.ts.Narrowing;
import org.ikebana.ike.ts.SelectorMismatch;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.PayloadType;

/**
 * Which of its children a responder takes for a request, and how much of it (RFC 7296 2.9).
 *
 * @param selectors what both sides allow
 * @param isMorePossible another child would take more of the request, in an SA of its own: ADDITIONAL_TS_POSSIBLE
 */
record ResponderChoice(ChildConfig config, ChildSelectors selectors, boolean isMorePossible) {
    /** The first child that takes the first selectors of the request, which it must include; or else the first of all. */
    static ResponderChoice of(
            InboundMessage request, List<AllowedChild> children, InetAddress localAddress, InetAddress remoteAddress)
            throws ExchangeException {
        List<TrafficSelector> offeredRemote = SelectorsOnWire.read(request, PayloadType.TSI);
        List<TrafficSelector> offeredLocal = SelectorsOnWire.read(request, PayloadType.TSR);
        List<Candidate> candidates = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (AllowedChild child : children) {
            ChildSelectors own = child.selectors(localAddress, remoteAddress);
            Narrowing local = Narrowing.narrow(offeredLocal, own.local());
            Narrowing remote = Narrowing.narrow(offeredRemote, own.remote());
            if (local instanceof Narrowing.Narrowed l && remote instanceof Narrowing.Narrowed r) {
                candidates.add(new Candidate(child, new ChildSelectors(l.selectors(), r.selectors())));
            }
            reasons.add(difference(child.config(), "local_ts", local));
            reasons.add(difference(child.config(), "remote_ts", remote));
        }
        if (candidates.isEmpty()) {
            throw nothingInCommon(children, reasons);
        }
        ChildRequest.Packet first = new ChildRequest.Packet(offeredLocal.getFirst(), offeredRemote.getFirst());
        Candidate chosen = candidates.stream()
                .filter(c -> c.child.inUse().isPresent() || c.selectors.contains(first))
                .findFirst()
                .orElse(candidates.getFirst());
        boolean isMorePossible = chosen.child.inUse().isEmpty()
                && candidates.stream()
                        .anyMatch(c -> !c.selectors.minus(chosen.selectors).isEmpty());
        return new ResponderChoice(chosen.child.config(), chosen.selectors, isMorePossible);
    }

    private record Candidate(AllowedChild child, ChildSelectors selectors) {}

    private static ExchangeException nothingInCommon(List<AllowedChild> children, List<String> reasons) {
        reasons.removeIf(String::isEmpty);
        return new ExchangeException(new Failure.TrafficSelectorsUnacceptable(
                reasons.isEmpty() ? List.of("this connection has no children") : reasons,
                children.stream().findFirst().map(c -> c.config().places().get("local_ts"))));
    }

    private static String difference(ChildConfig config, String key, Narrowing narrowing) {
        return switch (narrowing) {
            case Narrowing.Narrowed ignored -> "";
            case Narrowing.Unacceptable none ->
                "child " + config.name() + ", " + key + ": "
                        + none.reasons().stream()
                                .map(SelectorMismatch::sentence)
                                .collect(Collectors.joining(", "));
        };
    }
}
