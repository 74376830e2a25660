package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.ikebana.kernel.tun.esp.EspCipher;
import org.jspecify.annotations.Nullable;

/**
 * What the workers are asked to do between two batches. The ciphers of SAs that have ended are closed on the thread that may
 * be using them, as by then it holds none of them any more.
 */
final class Errands {
    private final List<Side> inbound;
    private final List<Side> outbound;

    Errands(int workers) {
        this.inbound = sides(workers);
        this.outbound = sides(workers);
    }

    int workers() {
        return inbound.size();
    }

    Side inbound(int worker) {
        return inbound.get(worker);
    }

    Side outbound(int worker) {
        return outbound.get(worker);
    }

    void retireInbound(Ciphers ciphers) {
        retire(inbound, ciphers);
    }

    void retireOutbound(Ciphers ciphers) {
        retire(outbound, ciphers);
    }

    /** Held packets may go. */
    void wakeOutbound() {
        outbound.getFirst().wake();
    }

    private static void retire(List<Side> sides, Ciphers ciphers) {
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).retire(ciphers.of(i));
        }
    }

    private static List<Side> sides(int workers) {
        return IntStream.range(0, workers).mapToObj(i -> new Side()).toList();
    }

    /** How a worker is woken. */
    @FunctionalInterface
    interface Wakeup {
        void wake() throws IOException;
    }

    /** One worker's part. */
    static final class Side {
        private final Queue<EspCipher> retired = new ConcurrentLinkedQueue<>();
        private final Queue<byte[]> packets = new ConcurrentLinkedQueue<>();
        private volatile Wakeup wakeup = () -> {};

        /** Calls this when there is something to do. */
        void onWork(Wakeup newWakeup) {
            wakeup = newWakeup;
        }

        /** By the worker alone, between two batches. */
        void closeRetired() {
            for (EspCipher cipher = retired.poll(); cipher != null; cipher = retired.poll()) {
                cipher.close();
            }
        }

        /** Has an inbound worker hand a packet of our own to the host: only one thread may write to its queue. */
        void post(byte[] packet) {
            packets.add(packet);
            wake();
        }

        /** The next packet that was posted, or null. */
        byte @Nullable [] nextPacket() {
            return packets.poll();
        }

        private void retire(EspCipher cipher) {
            retired.add(cipher);
            wake();
        }

        private void wake() {
            try {
                wakeup.wake();
            } catch (IOException e) {
                throw new UncheckedIOException("a worker of the data plane cannot be woken", e);
            }
        }
    }
}
