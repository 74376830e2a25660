package org.ikebana.kernel.tun.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The Internet checksum (RFC 1071). A sum is a ones' complement sum of 16-bit words in network byte order, folded to 16 bits;
 * the checksum that a header carries is its complement.
 */
public final class Checksum {
    /** Both forms of zero: what a range sums up to that contains its own, right checksum. */
    public static final int WHOLE = 0xffff;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final long LOWER = 0xffff_ffffL;

    private Checksum() {}

    /** The sum of a range; an odd last octet counts as if a zero followed. */
    public static int sum(ByteBuffer memory, int at, int length) {
        // Ones' complement sums do not mind the byte order: the result alone is swapped (RFC 1071 2 B). Halves of 32
        // bits
        // in sums of 64 leave the carries where they fall.
        long first = 0;
        long second = 0;
        int end = at + length;
        int position = at;
        for (int last = end - 31; position < last; position += 32) {
            long a = (long) LONGS.get(memory, position);
            long b = (long) LONGS.get(memory, position + 8);
            long c = (long) LONGS.get(memory, position + 16);
            long d = (long) LONGS.get(memory, position + 24);
            first += (a & LOWER) + (a >>> 32) + (b & LOWER) + (b >>> 32);
            second += (c & LOWER) + (c >>> 32) + (d & LOWER) + (d >>> 32);
        }
        for (; position < end - 7; position += 8) {
            long a = (long) LONGS.get(memory, position);
            first += (a & LOWER) + (a >>> 32);
        }
        int folded = fold(first + second);
        int sum = IS_LITTLE_ENDIAN ? Short.reverseBytes((short) folded) & 0xffff : folded;
        return position == end ? sum : add(sum, tail(memory, position, end));
    }

    private static int tail(ByteBuffer memory, int at, int end) {
        int sum = 0;
        int position = at;
        for (; position < end - 1; position += 2) {
            sum += memory.getShort(position) & 0xffff;
        }
        return fold(position < end ? sum + ((memory.get(position) & 0xff) << 8) : sum);
    }

    /** The ones' complement sum of two sums, the first of an even number of octets. */
    public static int add(int sum, int other) {
        int total = sum + other;
        return (total & 0xffff) + (total >>> 16);
    }

    /** What a header carries for that sum. */
    public static int complement(int sum) {
        return ~sum & 0xffff;
    }

    /**
     * The sum of the pseudo-header (RFC 9293 3.1, RFC 8200 8.1).
     *
     * @param length of the upper layer's header and data, in octets
     */
    public static int pseudoHeader(IpHeader header, int protocol, int length) {
        int addresses = header.version() == 4
                ? sum(header.memory(), header.at() + 12, 8)
                : sum(header.memory(), header.at() + 8, 32);
        return add(addresses, fold((long) length + protocol));
    }

    /** Whether the checksum of TCP, UDP and their like, over pseudo-header and everything behind the IP header, is right. */
    public static boolean isUpperLayerWhole(IpHeader header) {
        int length = header.totalLength() - header.headerLength();
        int sum = sum(header.memory(), header.at() + header.headerLength(), length);
        return add(sum, pseudoHeader(header, header.protocol(), length)) == WHOLE;
    }

    /** Writes the checksum of an IPv4 header. */
    public static void writeIpv4(ByteBuffer memory, int at, int headerLength) {
        memory.putShort(at + 10, (short) 0);
        memory.putShort(at + 10, (short) complement(sum(memory, at, headerLength)));
    }

    /** What a checksum becomes where a 16-bit word that it covers changes (RFC 1624 3, equation 3). */
    public static int updated(int checksum, int oldWord, int newWord) {
        return complement(add(add(complement(checksum), complement(oldWord)), newWord & 0xffff));
    }

    /** {@link #updated} on a checksum in memory. */
    public static void update(ByteBuffer memory, int at, int oldWord, int newWord) {
        memory.putShort(at, (short) updated(memory.getShort(at) & 0xffff, oldWord, newWord));
    }

    private static int fold(long sum) {
        long once = (sum & LOWER) + (sum >>> 32);
        long twice = (once & 0xffff) + (once >>> 16 & 0xffff) + (once >>> 32);
        int thrice = (int) ((twice & 0xffff) + (twice >>> 16));
        return (thrice & 0xffff) + (thrice >>> 16);
    }
}
