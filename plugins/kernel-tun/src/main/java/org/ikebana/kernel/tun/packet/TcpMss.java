package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;

/** The maximum segment size that a TCP connection begins with (RFC 9293 3.7.1), lowered to what a tunnel carries. */
public final class TcpMss {
    private static final int TCP_LENGTH = 20;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;
    private static final int CHECKSUM = 16;
    private static final int SYN = 0x02;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MAXIMUM_SEGMENT_SIZE = 2;
    private static final int OPTION_LENGTH = 4;
    private static final int NONE = -1;

    private TcpMss() {}

    /**
     * Lowers the option of a SYN in place to what fits, and its checksum, which must be whole, by what that changes. Without
     * the option a peer sends no more than 536 or 1220 octets.
     *
     * @param packet any
     * @param mtu of the inner packets, in octets
     * @return whether something was changed
     */
    public static boolean clamp(IpHeader packet, int mtu) {
        int most = mtu - TCP_LENGTH - (packet.version() == 4 ? IpHeader.IPV4_LENGTH : IpHeader.IPV6_LENGTH);
        if (packet.protocol() != IpHeader.TCP || packet.isFragment() && !packet.isFirstFragment() || most <= 0) {
            return false;
        }
        int option = option(packet);
        if (option == NONE) {
            return false;
        }
        ByteBuffer memory = packet.memory();
        int tcp = packet.at() + packet.headerLength();
        int value = tcp + option + 2;
        int old = memory.getShort(value) & 0xffff;
        if (old <= most) {
            return false;
        }
        memory.putShort(value, (short) most);
        // at an odd place its two octets are of two words: RFC 1071 2 (B)
        boolean isOdd = option % 2 != 0;
        Checksum.update(memory, tcp + CHECKSUM, isOdd ? swapped(old) : old, isOdd ? swapped(most) : most);
        return true;
    }

    private static int swapped(int word) {
        return Short.reverseBytes((short) word) & 0xffff;
    }

    /** Where in the TCP header a SYN has the option. */
    private static int option(IpHeader packet) {
        ByteBuffer memory = packet.memory();
        int tcp = packet.at() + packet.headerLength();
        int left = packet.totalLength() - packet.headerLength();
        if (left < TCP_LENGTH || (memory.get(tcp + FLAGS) & SYN) == 0) {
            return NONE;
        }
        int end = Math.min((memory.get(tcp + DATA_OFFSET) & 0xf0) >>> 2, left);
        int position = TCP_LENGTH;
        while (position + OPTION_LENGTH <= end) {
            int kind = memory.get(tcp + position) & 0xff;
            int length = kind == NO_OPERATION ? 1 : memory.get(tcp + position + 1) & 0xff;
            if (kind == MAXIMUM_SEGMENT_SIZE && length == OPTION_LENGTH) {
                return position;
            }
            if (kind == END || kind != NO_OPERATION && length < 2) {
                return NONE;
            }
            position += length;
        }
        return NONE;
    }
}
