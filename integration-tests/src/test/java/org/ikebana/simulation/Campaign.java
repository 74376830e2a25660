package org.ikebana.simulation;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Runs many seeds on several threads, tells how far it is once a minute, and at the end what came of them. */
final class Campaign {
    private static final int MOST_FAILURES = 20;
    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

    private final long from;
    private final long end;
    private final int threads;
    private final AtomicLong next;
    private final LongAdder done = new LongAdder();
    private final AtomicInteger failed = new AtomicInteger();
    private final LongAdder processor = new LongAdder();
    private final Census census = new Census();
    private final long start = System.nanoTime();

    Campaign(long from, long count, int threads) {
        this.from = from;
        this.end = from + count;
        this.threads = threads;
        this.next = new AtomicLong(from);
    }

    /** True if none failed. */
    boolean run() throws InterruptedException {
        System.out.printf("seeds %d to %d on %d threads%n", from, end - 1, threads);
        List<Thread> workers = new ArrayList<>(IntStream.range(0, threads)
                .mapToObj(i -> Thread.ofPlatform().start(this::work))
                .toList());
        for (Thread worker : workers) {
            while (!worker.join(BETWEEN_REPORTS)) {
                report();
            }
        }
        System.out.println("what happened in them:");
        census.lines().forEach(System.out::println);
        System.out.printf("%.1f ms of a processor each%n", processor.sum() / 1e6 / done.sum());
        report();
        return failed.get() == 0;
    }

    private void report() {
        double minutes = Duration.ofNanos(System.nanoTime() - start).toMillis() / 60_000.0;
        System.out.printf(
                "%d seeds, %d broke an invariant, %.1f minutes, %.0f seeds a minute%n",
                done.sum(), failed.get(), minutes, done.sum() / minutes);
    }

    private void work() {
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            if (failed.get() >= MOST_FAILURES) {
                break;
            }
            try {
                Simulation simulation = new Simulation(Scenario.of(seed));
                simulation.run();
                census.add(simulation.census());
            } catch (Exception | AssertionError e) {
                failed.incrementAndGet();
                System.out.println("FAILED: seed " + seed + ": " + e);
            }
            done.increment();
        }
        processor.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }
}
