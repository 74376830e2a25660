package org.ikebana.ike.wire;

/**
 * A selector of a type that is not known here; to be ignored (RFC 7296 2.9).
 *
 * @param body what follows the selector length
 */
public record UnknownSelectorSubstructure(int tsType, int protocol, Octets body) implements SelectorSubstructure {
    public UnknownSelectorSubstructure {
        Bounds.octet(tsType, "TS type");
        Bounds.octet(protocol, "protocol");
        if (TrafficSelectorSubstructure.addressLength(tsType) != 0) {
            throw new IllegalArgumentException("TS type " + tsType + " is known");
        }
    }

    @Override
    public void write(PayloadWriter out) {
        out.octet(tsType);
        out.octet(protocol);
        out.twoOctets(4 + body.length());
        out.octets(body);
    }
}
