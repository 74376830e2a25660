package org.ikebana.kernel.tun;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.TestPacket;

/** IP packets for tests. */
final class Packets {
    private static final int LENGTH = 100;

    private Packets() {}

    /** Of 100 octets. */
    static byte[] of(TestPacket packet) {
        return of(
                packet.source(),
                packet.destination(),
                packet.protocol(),
                packet.sourcePort(),
                packet.destinationPort(),
                LENGTH);
    }

    /** @param length of the whole packet, in octets */
    static byte[] of(
            InetAddress source,
            InetAddress destination,
            int protocol,
            int sourcePort,
            int destinationPort,
            int length) {
        byte[] from = source.getAddress();
        byte[] to = destination.getAddress();
        int header = from.length == 4 ? 20 : 40;
        ByteBuffer packet = ByteBuffer.allocate(length);
        if (from.length == 4) {
            packet.putShort((short) 0x4500).putShort((short) length).putInt(0);
            packet.put((byte) 64)
                    .put((byte) protocol)
                    .putShort((short) 0)
                    .put(from)
                    .put(to);
            packet.putShort(10, (short) checksum(packet));
        } else {
            packet.putInt(6 << 28).putShort((short) (length - header));
            packet.put((byte) protocol).put((byte) 64).put(from).put(to);
        }
        if (protocol == 17) {
            packet.putShort((short) sourcePort).putShort((short) destinationPort);
            packet.putShort((short) (length - header));
        } else {
            packet.put((byte) sourcePort).put((byte) destinationPort);
        }
        for (int i = header + 8; i < length; i++) {
            packet.put(i, (byte) (i * 31));
        }
        return packet.array();
    }

    /** After a change of an IPv4 header. */
    static void fixChecksum(byte[] packet) {
        ByteBuffer header = ByteBuffer.wrap(packet).putShort(10, (short) 0);
        header.putShort(10, (short) checksum(header));
    }

    private static int checksum(ByteBuffer header) {
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += header.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~((sum & 0xffff) + (sum >>> 16));
    }
}
