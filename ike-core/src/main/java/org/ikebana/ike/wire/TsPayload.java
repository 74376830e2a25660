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

    static TsPayload readInitiator(PayloadReader in) throws MalformedException {
        return read(PayloadType.TSI, in);
    }

    static TsPayload readResponder(PayloadReader in) throws MalformedException {
        return read(PayloadType.TSR, in);
    }

    private static TsPayload read(PayloadType type, PayloadReader in) throws MalformedException {
        int count = in.octet();
        in.skip(3);
        List<SelectorSubstructure> substructures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            substructures.add(SelectorSubstructure.read(in));
        }
        return new TsPayload(type, substructures);
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.fourOctets(substructures.size() << 24);
        for (SelectorSubstructure substructure : substructures) {
            substructure.write(out);
        }
    }
}
