package org.ikebana.kernel.tun.packet;

import java.util.Arrays;

/** RFC 1071 word by word, to compare with; and where upper layers keep their checksums. */
public final class PlainChecksum {
    private PlainChecksum() {}

    public static int sum(byte[] octets, int at, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = octets[at + i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    /** The sum of the pseudo-header of a packet of which everything from {@code upper} on is the upper layer. */
    public static int pseudoHeader(byte[] packet, int upper, int protocol) {
        boolean isIpv4 = packet[0] >>> 4 == 4;
        int length = packet.length - upper;
        byte[] pseudo = Arrays.copyOfRange(packet, isIpv4 ? 12 : 8, (isIpv4 ? 20 : 40) + 4);
        pseudo[pseudo.length - 4] = 0;
        pseudo[pseudo.length - 3] = (byte) protocol;
        pseudo[pseudo.length - 2] = (byte) (length >>> 8);
        pseudo[pseudo.length - 1] = (byte) length;
        return sum(pseudo, 0, pseudo.length);
    }

    /** What the field of a checksum would have to hold, taking it for 0 now. */
    public static int upperLayer(byte[] packet, int upper, int protocol, int field) {
        byte[] copy = packet.clone();
        put(copy, upper + field, 0);
        int sum = sum(copy, upper, copy.length - upper) + pseudoHeader(packet, upper, protocol);
        return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    }

    static void put(byte[] octets, int at, int word) {
        octets[at] = (byte) (word >>> 8);
        octets[at + 1] = (byte) word;
    }
}
