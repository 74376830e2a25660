package org.ikebana.kernel.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.environment.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system's time, with one thread for the tasks. */
public final class RealTimeClock implements KernelClock, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealTimeClock.class);

    /** Timers of SAs are set for later than that, so that setting one does not wake the thread: this is always due before. */
    private static final int HEARTBEAT_SECONDS = 10;

    private final ScheduledThreadPoolExecutor executor;

    public RealTimeClock() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("memory-kernel").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.scheduleAtFixedRate(() -> {}, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Future<?> future = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Tasks that have not begun never run. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** An executor would keep what a task throws to itself. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the memory kernel failed", e);
        }
    }
}
