package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.ikebana.kernel.tun.wire.EspReceiver;

/** The thread that takes what comes in from the sockets, opens it and hands it to the host. */
public final class InboundWorker implements Runnable {
    private final EspReceiver receiver;
    private final InboundPath path;
    private final Errands.Side errands;
    private volatile boolean stopped;

    InboundWorker(EspReceiver receiver, InboundPath path, Errands.Side errands) {
        this.receiver = receiver;
        this.path = path;
        this.errands = errands;
        errands.onWork(receiver::wake);
    }

    /** Until {@link #stop} or the end of the device, which it throws. */
    @Override
    public void run() {
        try {
            while (!stopped) {
                if (!work()) {
                    receiver.await();
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
        int worked = handOverPosted();
        int runs = receiver.receive();
        path.beginBatch();
        for (int i = 0; i < runs; i++) {
            path.receive(i);
        }
        path.endBatch();
        return worked + runs > 0;
    }

    private int handOverPosted() throws IOException {
        int count = 0;
        for (byte[] packet = errands.nextPacket(); packet != null; packet = errands.nextPacket()) {
            path.handOver(packet);
            count++;
        }
        return count;
    }

    public void stop() throws IOException {
        stopped = true;
        receiver.wake();
    }
}
