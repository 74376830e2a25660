package org.ikebana.kernel.tun.device;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A frame with one UDP packet over IPv4, without a UDP checksum, to the discard port. */
record Frame(ByteBuffer memory, int length) {
    private static final int IP = PacketQueue.HEADER_LENGTH;

    static Frame udp(String source, String destination, byte[] payload) {
        int length = IP + 28 + payload.length;
        ByteBuffer memory = ByteBuffer.allocateDirect(length);
        memory.putInt(IP, 0x45000000 | length - IP)
                .putInt(IP + 8, 0x40110000)
                .put(IP + 12, InetAddress.ofLiteral(source).getAddress())
                .put(IP + 16, InetAddress.ofLiteral(destination).getAddress())
                .putInt(IP + 20, 9 << 16 | 9)
                .putShort(IP + 24, (short) (8 + payload.length))
                .put(IP + 28, payload);
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += memory.getShort(IP + i) & 0xffff;
        }
        memory.putShort(IP + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return new Frame(memory, length);
    }
}
