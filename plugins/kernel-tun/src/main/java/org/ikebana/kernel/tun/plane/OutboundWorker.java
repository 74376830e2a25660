package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.device.PacketQueue;

/** The thread that takes packets from one queue of the device, protects and sends them. */
public final class OutboundWorker implements Runnable {
    /** What is sealed together before it is sent. */
    private static final int BATCH = 64;

    private final PacketQueue queue;
    private final OutboundPath path;
    private final HeldPackets held;
    private final Errands.Side errands;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(PacketQueue.MAX_FRAME);
    private volatile boolean stopped;

    OutboundWorker(PacketQueue queue, OutboundPath path, HeldPackets held, Errands.Side errands) {
        this.queue = queue;
        this.path = path;
        this.held = held;
        this.errands = errands;
        errands.onWork(queue::wake);
    }

    /** Until {@link #stop} or the end of the device, which it throws. */
    @Override
    public void run() {
        try {
            while (!stopped) {
                if (!work()) {
                    queue.await();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            errands.closeRetired();
        }
    }

    /**
     * Does what there is to do, without waiting.
     *
     * @return false if there was nothing
     */
    public boolean work() throws IOException {
        errands.closeRetired();
        path.beginBatch();
        int count = releaseHeld();
        for (int i = 0; i < BATCH; i++) {
            int length = queue.read(frame, 0, PacketQueue.MAX_FRAME);
            if (length <= 0) {
                break;
            }
            path.send(frame, 0, length);
            count++;
        }
        path.endBatch();
        return count > 0;
    }

    public void stop() throws IOException {
        stopped = true;
        queue.wake();
    }

    private int releaseHeld() {
        int count = 0;
        for (byte[] waited = held.next(); waited != null; waited = held.next()) {
            frame.put(0, waited);
            path.send(frame, 0, waited.length);
            count++;
        }
        return count;
    }
}
