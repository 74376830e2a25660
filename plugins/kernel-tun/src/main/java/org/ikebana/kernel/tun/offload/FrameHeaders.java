package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;

/** Whether the headers of two mergeable packets are those of two segments of one. */
final class FrameHeaders {
    /** Version, IHL, TOS; flags and offset. Not the length and the ID. */
    private static final long IPV4_FIRST = 0xffff_0000_0000_ffffL;

    /** TTL, protocol, source. Not the checksum. */
    private static final long IPV4_SECOND = 0xffff_0000_ffff_ffffL;

    private FrameHeaders() {}

    /** All that does not change from segment to segment of one packet, but for the upper layer's. */
    static boolean haveSameIpv4(ByteBuffer memory, int at, ByteBuffer other, int otherAt) {
        return ((memory.getLong(at) ^ other.getLong(otherAt)) & IPV4_FIRST) == 0
                && ((memory.getLong(at + 8) ^ other.getLong(otherAt + 8)) & IPV4_SECOND) == 0
                && memory.getInt(at + 16) == other.getInt(otherAt + 16);
    }

    /** As {@link #haveSameIpv4}: all but the payload length. */
    static boolean haveSameIpv6(ByteBuffer memory, int at, ByteBuffer other, int otherAt) {
        return memory.getInt(at) == other.getInt(otherAt)
                && memory.getShort(at + 6) == other.getShort(otherAt + 6)
                && memory.getLong(at + 8) == other.getLong(otherAt + 8)
                && memory.getLong(at + 16) == other.getLong(otherAt + 16)
                && memory.getLong(at + 24) == other.getLong(otherAt + 24)
                && memory.getLong(at + 32) == other.getLong(otherAt + 32);
    }

    /** Ports, acknowledgment, data offset, flags but PSH, window and options. */
    static boolean haveSameTcp(ByteBuffer memory, int at, ByteBuffer other, int otherAt) {
        int offsetAndFlags =
                memory.getShort(at + Layer4.TCP_DATA_OFFSET) ^ other.getShort(otherAt + Layer4.TCP_DATA_OFFSET);
        if (memory.getInt(at) != other.getInt(otherAt)
                || memory.getInt(at + Layer4.TCP_ACKNOWLEDGMENT) != other.getInt(otherAt + Layer4.TCP_ACKNOWLEDGMENT)
                || (offsetAndFlags & ~Layer4.TCP_PSH) != 0
                || memory.getShort(at + Layer4.TCP_WINDOW) != other.getShort(otherAt + Layer4.TCP_WINDOW)
                || memory.getShort(at + Layer4.TCP_URGENT) != other.getShort(otherAt + Layer4.TCP_URGENT)) {
            return false;
        }
        int length = Layer4.tcpHeaderLength(memory, at);
        for (int i = Layer4.TCP_LENGTH; i < length; i += 4) {
            if (memory.getInt(at + i) != other.getInt(otherAt + i)) {
                return false;
            }
        }
        return true;
    }

    /** Ports. */
    static boolean haveSameUdp(ByteBuffer memory, int at, ByteBuffer other, int otherAt) {
        return memory.getInt(at) == other.getInt(otherAt);
    }
}
