package org.ikebana.kernel.tun.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Joins two devices: what comes out of a queue of one goes into the same queue of the other, headers as they are. */
final class Wire implements AutoCloseable {
    /** Member {@code gso_type} of {@code struct virtio_net_hdr}. */
    private static final int GSO_TYPE = 1;

    private final List<Thread> threads = new ArrayList<>();
    private final List<PacketQueue> queues = new ArrayList<>();
    private final Set<Integer> segmentation = ConcurrentHashMap.newKeySet();
    private final AtomicInteger longest = new AtomicInteger();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private volatile boolean closing;

    Wire(PacketDevice left, PacketDevice right) {
        for (int i = 0; i < left.queues().size(); i++) {
            start(left.queues().get(i), right.queues().get(i));
            start(right.queues().get(i), left.queues().get(i));
        }
    }

    /** The kinds of super-packets that came by, {@code VIRTIO_NET_HDR_GSO_}, without the bit for ECN. */
    Set<Integer> segmentation() {
        return segmentation;
    }

    /** The longest frame that came by, in octets. */
    int longest() {
        return longest.get();
    }

    private void start(PacketQueue from, PacketQueue to) {
        queues.add(from);
        threads.add(Thread.ofPlatform().name("wire").daemon().start(() -> pump(from, to)));
    }

    private void pump(PacketQueue from, PacketQueue to) {
        ByteBuffer memory = ByteBuffer.allocateDirect(PacketQueue.MAX_FRAME);
        try {
            while (!closing) {
                from.await();
                int length = from.read(memory, 0, memory.capacity());
                while (length > 0) {
                    longest.accumulateAndGet(length, Math::max);
                    segmentation.add(memory.get(GSO_TYPE) & 0x7f);
                    to.write(memory, 0, length);
                    length = from.read(memory, 0, memory.capacity());
                }
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closing = true;
        for (PacketQueue queue : queues) {
            queue.wake();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
