package org.ikebana.ike.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ikebana.ike.environment.Place;
import org.ikebana.ike.environment.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done outside the event loop, each place with threads of its own: one for a token, as a virtual one would keep its
 * carrier in native code, and for what takes the processors for long as many as the event loop leaves. A place that hangs keeps its own
 * threads and those who wait for it, nobody else.
 */
final class OutsideJobs implements AutoCloseable {
    /** At one place. */
    static final int MAX_WAITING = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(OutsideJobs.class);
    private static final int IDLE_SECONDS = 60;

    private final Map<Place, ThreadPoolExecutor> places = new HashMap<>();
    private final Consumer<Runnable> loop;
    private boolean closed;

    /** @param loop runs what it is given on the event loop */
    OutsideJobs(Consumer<Runnable> loop) {
        this.loop = loop;
    }

    /** As {@link org.ikebana.ike.environment.Environment#outside}. */
    synchronized <T> Optional<Timer> begin(Place place, Supplier<T> job, Consumer<T> result) {
        if (closed) {
            return Optional.empty();
        }
        ThreadPoolExecutor executor = places.computeIfAbsent(place, OutsideJobs::executor);
        Runnable task = () -> carryOut(job, result);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        return Optional.of(() -> executor.remove(task));
    }

    /** Waits for nobody. */
    @Override
    public synchronized void close() {
        closed = true;
        places.values().forEach(ThreadPoolExecutor::shutdownNow);
    }

    private <T> void carryOut(Supplier<T> job, Consumer<T> result) {
        try {
            T done = job.get();
            loop.accept(() -> result.accept(done));
        } catch (RuntimeException e) {
            LOG.error("A defect in Ikebana; please report it with these lines", e);
        }
    }

    private static ThreadPoolExecutor executor(Place place) {
        return switch (place) {
            case Place.Token token -> executor(token.name(), 1);
            case Place.Processors processors ->
                executor(processors.purpose(), Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        };
    }

    private static ThreadPoolExecutor executor(String name, int threads) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name(name).factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
