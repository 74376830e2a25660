package org.ikebana.kernel.tun.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A device without a host behind it: a test injects what would be routed into it and takes what comes out. It needs no
 * root. Queues are bounded; what they do not hold is dropped, as in a real one. From any thread.
 */
public final class MemoryDevice implements PacketDevice {
    /** Of each queue, and of the output: some sixty of the largest frames, or thousands of common ones. */
    private static final int CAPACITY = 4 << 20;

    private final String name;
    private final int mtu;
    private final boolean takesUdpSegments;
    private final MemoryOutput output = new MemoryOutput(CAPACITY);
    private final List<MemoryQueue> queues;

    /** One that takes super-packets of UDP. */
    public MemoryDevice(String name, int mtu, int queues) {
        this(name, mtu, queues, true);
    }

    /**
     * @param mtu of the inner packets, in octets
     * @param queues at least one
     */
    public MemoryDevice(String name, int mtu, int queues, boolean takesUdpSegments) {
        if (queues < 1) {
            throw new IllegalArgumentException("a device has at least one queue, not " + queues);
        }
        this.name = name;
        this.mtu = mtu;
        this.takesUdpSegments = takesUdpSegments;
        this.queues = Stream.generate(() -> new MemoryQueue(CAPACITY, output))
                .limit(queues)
                .toList();
    }

    /** As if the host routed the packet into the device: it comes in the first queue, with nothing left to be offloaded. */
    public boolean inject(byte[] ipPacket) {
        byte[] frame = new byte[PacketQueue.HEADER_LENGTH + ipPacket.length];
        System.arraycopy(ipPacket, 0, frame, PacketQueue.HEADER_LENGTH, ipPacket.length);
        return injectFrame(0, frame);
    }

    /**
     * The same for a whole frame.
     *
     * @return false if it was dropped
     */
    public boolean injectFrame(int queue, byte[] frame) {
        return queues.get(queue).inject(frame);
    }

    /**
     * The IP packet, or super-packet, of the next frame that was written to any queue.
     *
     * @return empty if none was written in that time
     */
    public Optional<byte[]> take(Duration timeout) throws InterruptedException {
        return takeFrame(timeout).map(f -> Arrays.copyOfRange(f, PacketQueue.HEADER_LENGTH, f.length));
    }

    /** The same without waiting. */
    public Optional<byte[]> tryTake() throws InterruptedException {
        return take(Duration.ZERO);
    }

    /** The whole frame, header included. */
    public Optional<byte[]> takeFrame(Duration timeout) throws InterruptedException {
        return output.take(timeout);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public boolean takesUdpSegments() {
        return takesUdpSegments;
    }

    @Override
    public List<PacketQueue> queues() {
        return List.copyOf(queues);
    }

    /** What is in a queue is lost; what was written can still be taken. */
    @Override
    public void close() {
        queues.forEach(MemoryQueue::close);
    }
}
