package org.ikebana.ike.wire;

/**
 * A range of addresses and ports (RFC 7296 3.13.1).
 *
 * @param tsType {@link #IPV4_ADDR_RANGE} or {@link #IPV6_ADDR_RANGE}
 * @param protocol IP protocol number, 0 for any
 * @param startPort 0 to 65535; not necessarily below {@code endPort}: 65535 to 0 is OPAQUE
 * @param start first address, 4 or 16 octets by type
 * @param end last address
 */
public record TrafficSelectorSubstructure(
        int tsType, int protocol, int startPort, int endPort, Octets start, Octets end)
        implements SelectorSubstructure {
    public static final int IPV4_ADDR_RANGE = 7;
    public static final int IPV6_ADDR_RANGE = 8;

    public TrafficSelectorSubstructure {
        Bounds.octet(protocol, "protocol");
        Bounds.twoOctets(startPort, "start port");
        Bounds.twoOctets(endPort, "end port");
        int addressLength = addressLength(tsType);
        if (addressLength == 0 || start.length() != addressLength || end.length() != addressLength) {
            throw new IllegalArgumentException("no address range of type " + tsType + ": " + start + " to " + end);
        }
    }

    /** Octets of an address, 0 for a type that is not known. */
    static int addressLength(int tsType) {
        return switch (tsType) {
            case IPV4_ADDR_RANGE -> 4;
            case IPV6_ADDR_RANGE -> 16;
            default -> 0;
        };
    }

    /** Reads what stands after the length. */
    static TrafficSelectorSubstructure read(int tsType, int protocol, PayloadReader in) throws MalformedException {
        int startPort = in.twoOctets();
        int endPort = in.twoOctets();
        int addressLength = addressLength(tsType);
        Octets start = in.octets(addressLength);
        return new TrafficSelectorSubstructure(tsType, protocol, startPort, endPort, start, in.octets(addressLength));
    }

    @Override
    public void write(PayloadWriter out) {
        out.octet(tsType);
        out.octet(protocol);
        out.twoOctets(8 + start.length() + end.length());
        out.twoOctets(startPort);
        out.twoOctets(endPort);
        out.octets(start);
        out.octets(end);
    }
}
