package org.ikebana.daemon.capture;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An IKE message in the UDP and IP headers that it has on the wire, as far as the daemon knows them: without identification, options
 * and fragmentation.
 */
public final class IkePacket {
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int HOPS = 64;
    /** RFC 3948 2.2. */
    private static final int MARKER = 4;

    private IkePacket() {}

    /** @param isMarked with the marker that tells IKE from ESP */
    public static byte[] of(InetSocketAddress from, InetSocketAddress to, byte[] message, boolean isMarked) {
        byte[] source = from.getAddress().getAddress();
        byte[] destination = to.getAddress().getAddress();
        int length = UDP_HEADER + (isMarked ? MARKER : 0) + message.length;
        boolean isIpv4 = source.length == Integer.BYTES;
        ByteBuffer packet = ByteBuffer.allocate((isIpv4 ? IPV4_HEADER : IPV6_HEADER) + length);
        if (isIpv4) {
            packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
            packet.put((byte) HOPS).put((byte) UDP).putShort((short) 0);
        } else {
            packet.putInt(0x60000000).putShort((short) length).put((byte) UDP).put((byte) HOPS);
        }
        packet.put(source).put(destination);
        if (isIpv4) {
            packet.putShort(10, (short) ~sum(packet, 0, IPV4_HEADER));
        }
        int udp = packet.position();
        packet.putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .putShort((short) length)
                .putShort((short) 0);
        packet.position(packet.capacity() - message.length).put(message);
        int addresses = 2 * source.length;
        int checksum = ~add(add(sum(packet, udp - addresses, addresses + length), UDP), length) & 0xffff;
        packet.putShort(udp + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return packet.array();
    }

    /** The ones' complement sum of 16-bit words (RFC 1071). */
    private static int sum(ByteBuffer octets, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = Byte.toUnsignedInt(octets.get(from + i));
            sum = add(sum, i % 2 == 0 ? octet << 8 : octet);
        }
        return sum;
    }

    private static int add(int a, int b) {
        int sum = a + b;
        return (sum & 0xffff) + (sum >>> 16);
    }
}
