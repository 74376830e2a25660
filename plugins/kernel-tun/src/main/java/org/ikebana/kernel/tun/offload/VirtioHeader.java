package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ikebana.kernel.tun.device.PacketQueue;

/**
 * {@code struct virtio_net_hdr} before a frame, as {@code IFF_VNET_HDR} has it (linux/virtio_net.h): native byte order in memory
 * that is big endian otherwise.
 */
public final class VirtioHeader {
    public static final int LENGTH = PacketQueue.HEADER_LENGTH;

    /** The checksum at {@link #csumOffset} behind {@link #csumStart} holds the pseudo-header's sum only. */
    public static final int F_NEEDS_CSUM = 1;

    /** The checksum is known to be right. */
    public static final int F_DATA_VALID = 2;

    public static final int GSO_NONE = 0;
    public static final int GSO_TCPV4 = 1;
    public static final int GSO_TCPV6 = 4;

    /** A datagram each of {@link #gsoSize} octets of payload, as UDP_SEGMENT makes them. */
    public static final int GSO_UDP_L4 = 5;

    /** Beside a TCP type: the first segment alone carries CWR. */
    public static final int GSO_ECN = 0x80;

    private static final int GSO_TYPE = 1;
    private static final int HDR_LEN = 2;
    private static final int GSO_SIZE = 4;
    private static final int CSUM_START = 6;
    private static final int CSUM_OFFSET = 8;
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private VirtioHeader() {}

    public static int flags(ByteBuffer memory, int at) {
        return memory.get(at) & 0xff;
    }

    /** With {@link #GSO_ECN}. */
    public static int gsoType(ByteBuffer memory, int at) {
        return memory.get(at + GSO_TYPE) & 0xff;
    }

    /** A hint: how long the headers are that every segment repeats. */
    public static int hdrLen(ByteBuffer memory, int at) {
        return get(memory, at + HDR_LEN);
    }

    /** Octets of payload in each segment but the last. */
    public static int gsoSize(ByteBuffer memory, int at) {
        return get(memory, at + GSO_SIZE);
    }

    /** Where checksumming starts, from the start of the IP packet. */
    public static int csumStart(ByteBuffer memory, int at) {
        return get(memory, at + CSUM_START);
    }

    /** Where the checksum goes, from {@link #csumStart}. */
    public static int csumOffset(ByteBuffer memory, int at) {
        return get(memory, at + CSUM_OFFSET);
    }

    /** A plain packet with whole checksums. */
    public static void clear(ByteBuffer memory, int at) {
        memory.putLong(at, 0);
        memory.putShort(at + 8, (short) 0);
    }

    public static void setFlags(ByteBuffer memory, int at, int flags) {
        memory.put(at, (byte) flags);
    }

    public static void setGso(ByteBuffer memory, int at, int gsoType, int hdrLen, int gsoSize) {
        memory.put(at + GSO_TYPE, (byte) gsoType);
        put(memory, at + HDR_LEN, hdrLen);
        put(memory, at + GSO_SIZE, gsoSize);
    }

    public static void setCsum(ByteBuffer memory, int at, int csumStart, int csumOffset) {
        put(memory, at + CSUM_START, csumStart);
        put(memory, at + CSUM_OFFSET, csumOffset);
    }

    private static int get(ByteBuffer memory, int at) {
        short value = memory.getShort(at);
        return (IS_LITTLE_ENDIAN ? Short.reverseBytes(value) : value) & 0xffff;
    }

    private static void put(ByteBuffer memory, int at, int value) {
        short word = (short) value;
        memory.putShort(at, IS_LITTLE_ENDIAN ? Short.reverseBytes(word) : word);
    }
}
