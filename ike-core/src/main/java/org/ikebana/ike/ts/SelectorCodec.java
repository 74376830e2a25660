package org.ikebana.ike.ts;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.TrafficSelectorSubstructure;
import org.ikebana.ike.wire.TsPayload;

/** Traffic selectors to and from TSi and TSr payloads (RFC 7296 3.13). */
public final class SelectorCodec {
    private SelectorCodec() {}

    /**
     * @param type TSI or TSR
     * @param selectors at most {@link Narrowing#MAX_SELECTORS}
     */
    public static TsPayload toWire(PayloadType type, List<TrafficSelector> selectors) {
        return TsPayload.of(
                type, selectors.stream().map(SelectorCodec::substructure).toList());
    }

    /**
     * The selectors of a known type (RFC 7296 2.9). One whose end is below its start selects no packet and is left
     * out, so that a payload of nothing else ends as TS_UNACCEPTABLE.
     */
    public static List<TrafficSelector> fromWire(TsPayload payload) {
        return payload.selectors().stream()
                .filter(SelectorCodec::selectsSomething)
                .map(SelectorCodec::selector)
                .toList();
    }

    private static boolean selectsSomething(TrafficSelectorSubstructure wire) {
        return PortRange.isRange(wire.startPort(), wire.endPort())
                && IpRange.isRange(wire.start().toByteArray(), wire.end().toByteArray());
    }

    private static TrafficSelector selector(TrafficSelectorSubstructure wire) {
        return new TrafficSelector(
                wire.protocol(),
                AddressText.ofOctets(wire.start().toByteArray()),
                AddressText.ofOctets(wire.end().toByteArray()),
                wire.startPort(),
                wire.endPort());
    }

    private static TrafficSelectorSubstructure substructure(TrafficSelector selector) {
        boolean isIpv4 = selector.range().bits() == 32;
        return new TrafficSelectorSubstructure(
                isIpv4 ? TrafficSelectorSubstructure.IPV4_ADDR_RANGE : TrafficSelectorSubstructure.IPV6_ADDR_RANGE,
                selector.protocol(),
                selector.startPort(),
                selector.endPort(),
                Octets.wrap(selector.start().getAddress()),
                Octets.wrap(selector.end().getAddress()));
    }
}
