package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.PlainChecksum;
import org.ikebana.kernel.tun.packet.TestPacket;

/** Frames as a host writes them, virtio header and all. */
final class Frames {
    private Frames() {}

    /** A packet with its checksums. */
    static byte[] plain(byte[] packet) {
        return withHeader(packet, 0, 0, 0, 0, 0, 0);
    }

    /** One whose checksums Ikebana has verified. */
    static byte[] valid(byte[] packet) {
        return withHeader(packet, VirtioHeader.F_DATA_VALID, 0, 0, 0, 0, 0);
    }

    /** A super-packet, its upper layer's checksum not done. */
    static byte[] gso(TestPacket packet, int gsoSize) {
        return withHeader(
                partial(packet),
                VirtioHeader.F_NEEDS_CSUM,
                gsoType(packet),
                packet.headerLength(),
                gsoSize,
                packet.ipLength(),
                packet.checksumAt() - packet.ipLength());
    }

    /** A single packet, its upper layer's checksum not done. */
    static byte[] needsChecksum(TestPacket packet) {
        return withHeader(
                partial(packet),
                VirtioHeader.F_NEEDS_CSUM,
                0,
                0,
                0,
                packet.ipLength(),
                packet.checksumAt() - packet.ipLength());
    }

    static int gsoType(TestPacket packet) {
        if (packet.protocol() == 17) {
            return VirtioHeader.GSO_UDP_L4;
        }
        return packet.version() == 4 ? VirtioHeader.GSO_TCPV4 : VirtioHeader.GSO_TCPV6;
    }

    private static byte[] partial(TestPacket packet) {
        byte[] octets = packet.octets();
        int sum = PlainChecksum.pseudoHeader(octets, packet.ipLength(), packet.protocol());
        ByteBuffer.wrap(octets).putShort(packet.checksumAt(), (short) sum);
        return octets;
    }

    static byte[] withHeader(
            byte[] packet, int flags, int gsoType, int hdrLen, int gsoSize, int csumStart, int csumOffset) {
        return ByteBuffer.allocate(10 + packet.length)
                .order(ByteOrder.nativeOrder())
                .put((byte) flags)
                .put((byte) gsoType)
                .putShort((short) hdrLen)
                .putShort((short) gsoSize)
                .putShort((short) csumStart)
                .putShort((short) csumOffset)
                .put(packet)
                .array();
    }

    /** The packet that is segment {@code index} of a super-packet. */
    static TestPacket segment(TestPacket packet, int gsoSize, int index) {
        byte[] all = packet.payload();
        int from = index * gsoSize;
        byte[] payload = Arrays.copyOfRange(all, from, Math.min(from + gsoSize, all.length));
        boolean isLast = from + gsoSize >= all.length;
        int flags = packet.flags();
        if (!isLast) {
            flags &= ~(TestPacket.FIN | TestPacket.PSH);
        }
        if (index != 0) {
            flags &= ~TestPacket.CWR;
        }
        return packet.withSequence(packet.sequence() + from, packet.id() + index)
                .withFlags(flags)
                .withPayload(payload);
    }

    static int segments(TestPacket packet, int gsoSize) {
        return Math.max(1, (packet.payload().length + gsoSize - 1) / gsoSize);
    }

    static byte[] written(Segmenter segmenter, int index) {
        ByteBuffer out = ByteBuffer.allocateDirect(segmenter.largestSegment() + 3);
        int length = segmenter.write(index, out, 3);
        return Memory.octets(out, 3, length);
    }
}
