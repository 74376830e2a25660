package org.ikebana.ike.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Traffic Selector payload (RFC 7296 3.13).
 *
 * @param type TSI or TSR
 * @param substructures all selectors as they stand, at most 255
 */
public record TsPayload(PayloadType type, List<SelectorSubstructure> substructures) implements Payload {
    public TsPayload {
        if (type != PayloadType.TSI && type != PayloadType.TSR) {
            throw new IllegalArgumentException(type + " is no Traffic Selector payload");
        }
        Bounds.octet(substructures.size(), "number of traffic selectors");
        substructures = List.copyOf(substructures);
    }

    public static TsPayload of(PayloadType type, List<TrafficSelectorSubstructure> selectors) {
        return new TsPayload(type, List.copyOf(selectors));
    }

    /** The selectors of a known type; others are to be ignored (RFC 7296 2.9). */
    public List<TrafficSelectorSubstructure> selectors() {
        List<TrafficSelectorSubstructure> known = new ArrayList<>(substructures.size());
        for (SelectorSubstructure substructure : substructures) {
            if (substructure instanceof TrafficSelectorSubstructure selector) {
                known.add(selector);
            }
        }
        return known;
    }

    @Override
    public int typeCode() {
        return type.code();
    }
}
