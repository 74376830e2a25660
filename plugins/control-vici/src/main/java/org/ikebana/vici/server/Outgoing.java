package org.ikebana.vici.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Packets on their way to a client: never more octets than {@link #LIMIT}, whatever the client does. */
final class Outgoing {
    /** A client that reads never has so much waiting; one that does not is found out. */
    static final int LIMIT = 2 * 1024 * 1024;

    private static final int TOGETHER = 64 * 1024;

    private final Queue<byte[]> packets = new ArrayDeque<>();
    private int octets;

    /** False where there is no room. */
    synchronized boolean offer(byte[] packet) {
        if (octets + packet.length > LIMIT) {
            return false;
        }
        packets.add(packet);
        octets += packet.length;
        notifyAll();
        return true;
    }

    /** Waits for room. False where there is none for so long. */
    synchronized boolean offer(byte[] packet, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!offer(packet)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Waits for one; those that are behind it come with it, as far as a system call is worth it. */
    synchronized byte[] take() throws InterruptedException {
        while (packets.isEmpty()) {
            wait();
        }
        int count = 0;
        int length = 0;
        for (byte[] packet : packets) {
            if (count > 0 && length + packet.length > TOGETHER) {
                break;
            }
            count++;
            length += packet.length;
        }
        ByteBuffer together = ByteBuffer.allocate(length);
        for (int i = 0; i < count; i++) {
            together.put(packets.remove());
        }
        octets -= length;
        notifyAll();
        return together.array();
    }
}
