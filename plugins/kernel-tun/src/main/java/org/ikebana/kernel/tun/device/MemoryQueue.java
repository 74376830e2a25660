package org.ikebana.kernel.tun.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A queue whose other end is a test. */
final class MemoryQueue implements PacketQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final FrameRing toRead;
    private final MemoryOutput output;
    private boolean woken;
    private boolean closed;

    MemoryQueue(int capacity, MemoryOutput output) {
        this.toRead = new FrameRing(capacity);
        this.output = output;
    }

    /** Returns false if the queue is full. */
    boolean inject(byte[] frame) {
        lock.lock();
        try {
            boolean taken = !closed && toRead.put(ByteBuffer.wrap(frame), 0, frame.length);
            readable.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await() throws IOException {
        lock.lock();
        try {
            while (toRead.isEmpty() && !woken && !closed) {
                readable.awaitUninterruptibly();
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(ByteBuffer memory, int at, int capacity) throws IOException {
        lock.lock();
        try {
            requireOpen();
            return toRead.isEmpty() ? 0 : toRead.take(memory, at, capacity);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean write(ByteBuffer memory, int at, int length) throws IOException {
        lock.lock();
        try {
            requireOpen();
        } finally {
            lock.unlock();
        }
        return output.put(memory, at, length);
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the device in memory is closed");
        }
    }
}
