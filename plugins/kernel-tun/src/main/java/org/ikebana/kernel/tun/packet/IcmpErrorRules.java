package org.ikebana.kernel.tun.packet;

/** When an ICMP error must not be sent: RFC 1122 3.2.2 and RFC 1812 4.3.2.7, RFC 4443 2.4 (e). */
final class IcmpErrorRules {
    private static final int ICMPV6_FIRST_INFORMATIONAL = 128;
    private static final int ICMPV6_REDIRECT = 137;
    private static final long MULTICAST_V6 = 0xff;

    private IcmpErrorRules() {}

    /** @param isPacketTooBig which may answer even multicast packets of IPv6 */
    static boolean mayAnswer(IpHeader header, boolean isPacketTooBig) {
        return header.version() == 4 ? mayAnswerIpv4(header) : mayAnswerIpv6(header, isPacketTooBig);
    }

    private static boolean mayAnswerIpv4(IpHeader header) {
        boolean isFirst = !header.isFragment() || header.isFirstFragment();
        return isFirst
                && isOneHost((int) header.sourceLow())
                && !isMulticastOrReserved((int) header.destinationLow())
                && (header.protocol() != IpHeader.ICMP || isQuery(header));
    }

    /** Not zero, loopback, multicast, class E or broadcast. */
    private static boolean isOneHost(int address) {
        int network = address >>> 24;
        return network != 0 && network != 127 && !isMulticastOrReserved(address);
    }

    /** From 224.0.0.0 up to 255.255.255.255. */
    private static boolean isMulticastOrReserved(int address) {
        return address >>> 28 >= 0xe;
    }

    /** Echo, router discovery, timestamp, information and mask; a type that is not known may be an error. */
    private static boolean isQuery(IpHeader header) {
        if (header.totalLength() - header.headerLength() < 2) {
            return false;
        }
        return switch (header.sourcePort()) {
            case 0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 42, 43 -> true;
            default -> false;
        };
    }

    private static boolean mayAnswerIpv6(IpHeader header, boolean isPacketTooBig) {
        boolean isUnspecified = (header.sourceHigh() | header.sourceLow()) == 0;
        return !isUnspecified
                && !isMulticast(header.sourceHigh())
                && (isPacketTooBig || !isMulticast(header.destinationHigh()))
                && (header.protocol() != IpHeader.ICMPV6 || isInformational(header));
    }

    private static boolean isMulticast(long addressHigh) {
        return addressHigh >>> 56 == MULTICAST_V6;
    }

    /** Where the type is not seen, in a later fragment, it may be an error's. */
    private static boolean isInformational(IpHeader header) {
        return header.sourcePort() >= ICMPV6_FIRST_INFORMATIONAL && header.sourcePort() != ICMPV6_REDIRECT;
    }
}
