package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.device.PacketDevice;
import org.ikebana.kernel.tun.device.PacketQueue;
import org.ikebana.kernel.tun.offload.Coalescer;

/** Packets on their way to the host. Of one worker. */
final class HostQueue {
    private final PacketQueue queue;
    private final PlaneCounters counters;
    private final Coalescer coalescer;

    HostQueue(PacketDevice device, int worker, PlaneCounters counters) {
        this.queue = device.queues().get(worker);
        this.counters = counters;
        this.coalescer = new Coalescer(device.takesUdpSegments());
    }

    /** Takes one IP packet; it may wait for others of its flow until {@link #flush}. */
    void write(ByteBuffer memory, int at, int length) throws IOException {
        while (!coalescer.add(memory, at, length)) {
            writeFrame();
        }
    }

    void flush() throws IOException {
        while (!coalescer.isEmpty()) {
            writeFrame();
        }
    }

    private void writeFrame() throws IOException {
        if (!queue.write(coalescer.frame(), 0, coalescer.frameLength())) {
            counters.dropped(Drop.IN_HOST_FULL);
        }
        coalescer.reset();
    }
}
