package org.ikebana.simulation;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** {@code integration-tests/simulate}: runs many seeds on all cores, or one and tells what happened. */
public final class SimulationMain {
    private static final int MOST_FAILURES = 20;

    private SimulationMain() {}

    /** @param arguments first seed, number of seeds, threads; with one seed its whole story is told */
    public static void main(String[] arguments) throws Exception {
        long from = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        System.exit(count == 1 ? tell(from) : runAll(from, count, threads));
    }

    /** Throws what the seed's run does, with its story. */
    static void run(long seed) throws Exception {
        Simulation simulation = new Simulation(Scenario.of(seed));
        run(seed, simulation, () -> {});
    }

    /** @param further what else is to hold */
    static void run(long seed, Simulation simulation, Runnable further) {
        try {
            simulation.run();
            further.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " (integration-tests/simulate --seed " + seed + "): " + e + "\n"
                            + String.join("\n", simulation.chronicle()),
                    e);
        }
    }

    private static int tell(long seed) throws Exception {
        Scenario scenario = Scenario.of(seed);
        Simulation simulation = new Simulation(scenario, Integer.MAX_VALUE);
        int status = 0;
        String end = "seed " + seed + " is as it should be";
        try {
            simulation.run();
        } catch (Exception | AssertionError e) {
            status = 1;
            e.printStackTrace();
            end = "FAILED: seed " + seed + ": " + e.getMessage();
        }
        simulation.chronicle().forEach(System.out::println);
        System.out.println(end);
        return status;
    }

    private static int runAll(long from, long count, int threads) throws InterruptedException {
        AtomicLong next = new AtomicLong(from);
        ConcurrentSkipListSet<Long> failed = new ConcurrentSkipListSet<>();
        LongAdder processor = new LongAdder();
        long start = System.nanoTime();
        List<Thread> workers = IntStream.range(0, threads)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    work(next, from + count, failed);
                    processor.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                }))
                .toList();
        for (Thread worker : workers) {
            worker.join();
        }
        double minutes = Duration.ofNanos(System.nanoTime() - start).toMillis() / 60_000.0;
        long run = Math.min(next.get(), from + count) - from;
        System.out.printf(
                "%d seeds, %.0f a minute on %d threads, each in %.1f ms of a processor, %d failed%n",
                run, run / minutes, threads, processor.sum() / 1e6 / run, failed.size());
        return failed.isEmpty() ? 0 : 1;
    }

    private static void work(AtomicLong next, long end, ConcurrentSkipListSet<Long> failed) {
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            if (failed.size() >= MOST_FAILURES) {
                return;
            }
            try {
                new Simulation(Scenario.of(seed)).run();
            } catch (Exception | AssertionError e) {
                failed.add(seed);
                System.out.println("FAILED: seed " + seed + ": " + e);
            }
        }
    }
}
