package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;

/**
 * ICMP errors (RFC 792, RFC 4443) about packets that cannot go into a tunnel. They go to the packet's source; how many a second
 * is the caller's to limit.
 */
public final class IcmpError {
    /** Room that holds any of them. */
    public static final int MAX_LENGTH = 1280;

    /** RFC 1812 4.3.2.3. */
    private static final int MAX_IPV4_LENGTH = 576;

    /** RFC 791 3.2: what every module can forward. */
    private static final int MIN_IPV4_MTU = 68;

    /** RFC 8200 5. */
    private static final int MIN_IPV6_MTU = 1280;

    private static final int HEADER_LENGTH = 8;
    private static final int HOP_LIMIT = 64;

    /** Internetwork control (RFC 1812 4.3.2.5). */
    private static final int PRECEDENCE = 0xc0;

    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int ADMINISTRATIVELY_PROHIBITED = 13;

    private static final int V6_DESTINATION_UNREACHABLE = 1;
    private static final int V6_ADMINISTRATIVELY_PROHIBITED = 1;
    private static final int V6_PACKET_TOO_BIG = 2;

    private IcmpError() {}

    /**
     * Writes "fragmentation needed and DF set" (RFC 1191 4) or Packet Too Big (RFC 4443 3.2).
     *
     * @param packet what is answered
     * @param mtu what an IP packet may be long, in octets. No less is reported than every link must carry: smaller
     *     packets are to be fragmented outside (RFC 2473 7.1)
     * @param sourceHigh of the error, as in {@link IpHeader#sourceHigh}; of the packet's own family
     * @param out direct, big endian, with room for {@link #MAX_LENGTH}, not the packet's own octets
     * @return the length of the error, 0 where none may be sent
     */
    public static int packetTooBig(
            IpHeader packet, int mtu, long sourceHigh, long sourceLow, ByteBuffer out, int outAt) {
        if (!IcmpErrorRules.mayAnswer(packet, true)) {
            return 0;
        }
        if (packet.version() == 4) {
            int nextHopMtu = Math.clamp(mtu, MIN_IPV4_MTU, 0xffff);
            putIcmp(out, outAt + IpHeader.IPV4_LENGTH, DESTINATION_UNREACHABLE, FRAGMENTATION_NEEDED, nextHopMtu);
            return completeIpv4(packet, sourceLow, out, outAt);
        }
        putIcmp(out, outAt + IpHeader.IPV6_LENGTH, V6_PACKET_TOO_BIG, 0, Math.max(mtu, MIN_IPV6_MTU));
        return completeIpv6(packet, sourceHigh, sourceLow, out, outAt);
    }

    /**
     * Writes "communication administratively prohibited" (RFC 1812 5.2.7.1, RFC 4443 3.1): a policy forbids the packet.
     * Parameters and result are those of {@link #packetTooBig}.
     */
    public static int prohibited(IpHeader packet, long sourceHigh, long sourceLow, ByteBuffer out, int outAt) {
        if (!IcmpErrorRules.mayAnswer(packet, false)) {
            return 0;
        }
        if (packet.version() == 4) {
            putIcmp(out, outAt + IpHeader.IPV4_LENGTH, DESTINATION_UNREACHABLE, ADMINISTRATIVELY_PROHIBITED, 0);
            return completeIpv4(packet, sourceLow, out, outAt);
        }
        putIcmp(out, outAt + IpHeader.IPV6_LENGTH, V6_DESTINATION_UNREACHABLE, V6_ADMINISTRATIVELY_PROHIBITED, 0);
        return completeIpv6(packet, sourceHigh, sourceLow, out, outAt);
    }

    /** Type, code, a checksum to come, and the rest of the header. */
    private static void putIcmp(ByteBuffer out, int at, int type, int code, int rest) {
        out.putInt(at, type << 24 | code << 16);
        out.putInt(at + 4, rest);
    }

    private static int completeIpv4(IpHeader packet, long sourceLow, ByteBuffer out, int at) {
        int icmp = at + IpHeader.IPV4_LENGTH;
        int quoted = quote(packet, MAX_IPV4_LENGTH - IpHeader.IPV4_LENGTH, out, icmp);
        int length = IpHeader.IPV4_LENGTH + HEADER_LENGTH + quoted;
        out.putShort(at, (short) (0x4500 | PRECEDENCE));
        out.putShort(at + 2, (short) length);
        // with DF the ID may be anything (RFC 6864 4.1)
        out.putInt(at + 4, 0x4000);
        out.putShort(at + 8, (short) (HOP_LIMIT << 8 | IpHeader.ICMP));
        out.putInt(at + 12, (int) sourceLow);
        out.putInt(at + 16, (int) packet.sourceLow());
        Checksum.writeIpv4(out, at, IpHeader.IPV4_LENGTH);
        int sum = Checksum.sum(out, icmp, HEADER_LENGTH + quoted);
        out.putShort(icmp + 2, (short) Checksum.complement(sum));
        return length;
    }

    private static int completeIpv6(IpHeader packet, long sourceHigh, long sourceLow, ByteBuffer out, int at) {
        int icmp = at + IpHeader.IPV6_LENGTH;
        int quoted = quote(packet, MAX_LENGTH - IpHeader.IPV6_LENGTH, out, icmp);
        int payload = HEADER_LENGTH + quoted;
        out.putInt(at, 6 << 28);
        out.putShort(at + 4, (short) payload);
        out.putShort(at + 6, (short) (IpHeader.ICMPV6 << 8 | HOP_LIMIT));
        out.putLong(at + 8, sourceHigh);
        out.putLong(at + 16, sourceLow);
        out.putLong(at + 24, packet.sourceHigh());
        out.putLong(at + 32, packet.sourceLow());
        int pseudoHeader = Checksum.add(Checksum.sum(out, at + 8, 32), payload + IpHeader.ICMPV6);
        int sum = Checksum.add(Checksum.sum(out, icmp, payload), pseudoHeader);
        out.putShort(icmp + 2, (short) Checksum.complement(sum));
        return IpHeader.IPV6_LENGTH + payload;
    }

    /** As much of the packet as fits. */
    private static int quote(IpHeader packet, int room, ByteBuffer out, int icmp) {
        int length = Math.min(packet.totalLength(), room - HEADER_LENGTH);
        out.put(icmp + HEADER_LENGTH, packet.memory(), packet.at(), length);
        return length;
    }
}
