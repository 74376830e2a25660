package org.ikebana.kernel.tun.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Answers each echo request that comes out of a device, for whatever address (RFC 792, RFC 4443 4.2). */
final class EchoResponder {
    private static final int IP = PacketQueue.HEADER_LENGTH;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private final PacketQueue queue;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(PacketQueue.MAX_FRAME);

    EchoResponder(PacketQueue queue) {
        this.queue = queue;
    }

    void runUntil(BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            queue.await();
            int length = queue.read(memory, 0, memory.capacity());
            while (length > 0) {
                if (turnAround(length)) {
                    memory.putLong(0, 0).putShort(8, (short) 0);
                    queue.write(memory, 0, length);
                }
                length = queue.read(memory, 0, memory.capacity());
            }
        }
    }

    private boolean turnAround(int length) {
        return switch (memory.get(IP) >>> 4) {
            case 4 -> memory.get(IP + 9) == ICMP && answer(IP + 12, 4, IP + 20, 8, 0, length, 0);
            case 6 -> memory.get(IP + 6) == ICMPV6 && answer(IP + 8, 16, IP + 40, 128, 129, length, ICMPV6);
            default -> false;
        };
    }

    private boolean answer(int addresses, int size, int icmp, int request, int reply, int length, int pseudo) {
        if ((memory.get(icmp) & 0xff) != request) {
            return false;
        }
        byte[] source = new byte[size];
        byte[] destination = new byte[size];
        memory.get(addresses, source).get(addresses + size, destination);
        memory.put(addresses, destination).put(addresses + size, source);
        memory.put(icmp, (byte) reply).putShort(icmp + 2, (short) 0);
        // The pseudo-header: addresses, length and next header (RFC 8200 8.1).
        long sum = pseudo == 0 ? 0 : sum(addresses, addresses + 2 * size) + (length - icmp) + pseudo;
        sum += sum(icmp, length);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        memory.putShort(icmp + 2, (short) ~sum);
        return true;
    }

    /** Of 16-bit words; an odd octet at the end is the upper half of one (RFC 1071). */
    private long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            int octet = memory.get(i) & 0xff;
            sum += (i - from) % 2 == 0 ? octet << 8 : octet;
        }
        return sum;
    }
}
