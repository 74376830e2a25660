package org.ikebana.kernel.tun.spd;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;

/**
 * All that policies compare, as numbers; or a mask of these bits. An IPv4 address stands in the lower half of
 * {@code sourceLow} or {@code destinationLow}.
 *
 * @param upperLayer see {@link #upperLayer}
 */
record PacketBits(
        long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long upperLayer, int mark) {

    /** The bits that a policy looks at. */
    static PacketBits mask(PolicyKey key) {
        PolicySelector selector = key.selector();
        return new PacketBits(
                highMask(selector.source()),
                lowMask(selector.source()),
                highMask(selector.destination()),
                lowMask(selector.destination()),
                upperLayer(
                        selector.protocol() == 0 ? 0 : 0xff,
                        selector.sourcePort().mask(),
                        selector.destinationPort().mask()),
                key.mark().mask());
    }

    /** What a policy wants them to be; elsewhere 0. */
    static PacketBits value(PolicyKey key) {
        PolicySelector selector = key.selector();
        PacketBits mask = mask(key);
        return new PacketBits(
                high(selector.source().address()) & mask.sourceHigh,
                low(selector.source().address()) & mask.sourceLow,
                high(selector.destination().address()) & mask.destinationHigh,
                low(selector.destination().address()) & mask.destinationLow,
                upperLayer(
                                selector.protocol(),
                                selector.sourcePort().port(),
                                selector.destinationPort().port())
                        & mask.upperLayer,
                key.mark().value() & mask.mark);
    }

    /** Protocol (8 bits), source and destination port (16 bits each). */
    static long upperLayer(int protocol, int sourcePort, int destinationPort) {
        return (long) (protocol & 0xff) << 32 | (sourcePort & 0xffffL) << 16 | destinationPort & 0xffffL;
    }

    static boolean isIpv4(InetAddress address) {
        return address.getAddress().length == 4;
    }

    private static long highMask(IpPrefix prefix) {
        return isIpv4(prefix.address()) ? 0 : leadingOnes(Math.min(prefix.length(), 64));
    }

    private static long lowMask(IpPrefix prefix) {
        return isIpv4(prefix.address())
                ? leadingOnes(prefix.length()) >>> 32
                : leadingOnes(Math.max(prefix.length() - 64, 0));
    }

    private static long leadingOnes(int count) {
        return count == 0 ? 0 : -1L << 64 - count;
    }

    private static long high(InetAddress address) {
        return isIpv4(address) ? 0 : ByteBuffer.wrap(address.getAddress()).getLong();
    }

    private static long low(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return isIpv4(address) ? octets.getInt() & 0xffff_ffffL : octets.getLong(8);
    }
}
