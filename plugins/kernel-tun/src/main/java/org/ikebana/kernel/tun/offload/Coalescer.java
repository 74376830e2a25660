package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.device.PacketQueue;

/**
 * Puts packets that follow one another together into frames for the host, as GRO does: the way back of {@link Segmenter}. Packets
 * of one flow keep their order; those of several flows may come mixed. Of one thread. Allocates nothing per packet.
 *
 * <pre>
 * while (!coalescer.add(memory, at, length)) {
 *     queue.write(coalescer.frame(), 0, coalescer.frameLength());
 *     coalescer.reset();
 * }
 * </pre>
 *
 * and after the last packet of a batch:
 *
 * <pre>
 * while (!coalescer.isEmpty()) {
 *     queue.write(coalescer.frame(), 0, coalescer.frameLength());
 *     coalescer.reset();
 * }
 * </pre>
 */
public final class Coalescer {
    /** How many may come mixed before the oldest frame has to go. */
    public static final int MAX_FLOWS = 8;

    private static final int MAX_PACKET = PacketQueue.MAX_FRAME - VirtioHeader.LENGTH;

    private final Arrival arrival;

    /** The first {@link #count} are in use, oldest first. */
    private final FlowFrame[] frames = new FlowFrame[MAX_FLOWS];

    private int count;
    private int due;
    private long drops;

    /** @param mergesUdp whether the device takes {@link VirtioHeader#GSO_UDP_L4} */
    public Coalescer(boolean mergesUdp) {
        arrival = new Arrival(mergesUdp);
        for (int i = 0; i < MAX_FLOWS; i++) {
            frames[i] = new FlowFrame();
        }
    }

    /**
     * Takes a copy of a packet, and what follows its end within {@code length} not. What is no IP packet passes as it is.
     *
     * @param memory direct, big endian
     * @return false if {@link #frame} must be written first, and the packet be added again then
     */
    public boolean add(ByteBuffer memory, int at, int length) {
        if (length <= 0 || length > MAX_PACKET) {
            drops++;
            return true;
        }
        arrival.read(memory, at, length);
        for (int i = 0; i < count; i++) {
            if (frames[i].isSameFlow(arrival)) {
                boolean isTaken = frames[i].append(arrival);
                due = isTaken ? 0 : i;
                return isTaken;
            }
        }
        due = 0;
        if (count == MAX_FLOWS) {
            return false;
        }
        frames[count++].start(arrival);
        return true;
    }

    /** Whether there is nothing to be written. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** The frame to be written, from octet 0 on: what is in the way of a packet that was refused, or else the oldest. */
    public ByteBuffer frame() {
        return frames[due].memory();
    }

    /** Completes {@link #frame}. Its length, with the virtio header; 0 if there is none. */
    public int frameLength() {
        return isEmpty() ? 0 : frames[due].complete();
    }

    /** Forgets the frame that was written. */
    public void reset() {
        if (isEmpty()) {
            return;
        }
        FlowFrame written = frames[due];
        System.arraycopy(frames, due + 1, frames, due, count - due - 1);
        frames[--count] = written;
        due = 0;
    }

    /** Packets longer than a frame can be, or empty, that were thrown away. */
    public long drops() {
        return drops;
    }
}
