package org.ikebana.vici.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Packets on their way to a client: never more octets than {@link #LIMIT}, whatever the client does. */
final class Outgoing {
    /** A client that reads never has so much waiting; one that does not is found out. */
    static final int LIMIT = 2 * 1024 * 1024;

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

    /** Waits for one. */
    synchronized byte[] take() throws InterruptedException {
        while (packets.isEmpty()) {
            wait();
        }
        byte[] packet = packets.remove();
        octets -= packet.length;
        notifyAll();
        return packet;
    }
}
