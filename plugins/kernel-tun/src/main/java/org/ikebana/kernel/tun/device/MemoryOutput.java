package org.ikebana.kernel.tun.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Frames that were written to the queues of a device in memory, in their order. */
final class MemoryOutput {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final FrameRing frames;

    MemoryOutput(int capacity) {
        frames = new FrameRing(capacity);
    }

    /** Returns false if there is no room. */
    boolean put(ByteBuffer memory, int at, int length) {
        lock.lock();
        try {
            boolean taken = frames.put(memory, at, length);
            written.signal();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    Optional<byte[]> take(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (frames.isEmpty()) {
                if (left <= 0) {
                    return Optional.empty();
                }
                left = written.awaitNanos(left);
            }
            byte[] frame = new byte[frames.nextLength()];
            frames.take(ByteBuffer.wrap(frame), 0, frame.length);
            return Optional.of(frame);
        } finally {
            lock.unlock();
        }
    }
}
