package org.ikebana.daemon;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a daemon that rekeys for weeks as small as on its first day. The serial collector, which the launchers choose for its
 * size, looks for what has died among the old objects only when the heap is at its limit, a quarter of the machine's memory;
 * here that is done once what has been added may be half as much as what lives.
 */
final class HeapWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

    private static final Duration PERIOD = Duration.ofMinutes(1);
    /** The young generation, twice: not worth a pause of the whole daemon. */
    private static final long ROOM = 16L << 20;

    private final Heap heap;
    private final ScheduledExecutorService thread;
    private long live;

    /** What is measured and collected. */
    interface Heap {
        /** In octets, garbage included. */
        long used();

        /** All of it, old objects included. */
        void collect();
    }

    private HeapWatch(Heap heap) {
        this.heap = heap;
        this.live = heap.used();
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("heap").factory());
    }

    /** Looks once a minute. */
    static HeapWatch start() {
        HeapWatch watch = new HeapWatch(new JavaHeap());
        watch.thread.scheduleWithFixedDelay(watch::look, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
        return watch;
    }

    /** Nothing looks by itself. */
    static HeapWatch of(Heap heap) {
        return new HeapWatch(heap);
    }

    void look() {
        long used = heap.used();
        if (used - live > live / 2 + ROOM) {
            long start = System.nanoTime();
            heap.collect();
            live = heap.used();
            LOG.debug(
                    "{} MB of {} MB heap collected in {} ms",
                    (used - live) >> 20,
                    used >> 20,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static final class JavaHeap implements Heap {
        @Override
        public long used() {
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
