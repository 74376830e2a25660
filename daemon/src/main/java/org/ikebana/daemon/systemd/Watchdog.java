package org.ikebana.daemon.systemd;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, twice in the time that the service manager allows, that the daemon is alive. It asks the heart first and waits for it:
 * of one that has stopped nothing more is said, and the service manager starts the daemon anew.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Optional<ScheduledExecutorService> thread;

    private Watchdog(Optional<ScheduledExecutorService> thread) {
        this.thread = thread;
    }

    /** What is alive as long as it answers. */
    public interface Heart {
        /** Returns when it has answered. */
        void await() throws InterruptedException;
    }

    static Watchdog start(Optional<Duration> interval, Heart heart, Runnable alive) {
        return new Watchdog(interval.map(allowed -> {
            ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("watchdog").factory());
            thread.scheduleWithFixedDelay(
                    () -> beat(heart, alive), 0, allowed.dividedBy(2).toNanos(), TimeUnit.NANOSECONDS);
            return thread;
        }));
    }

    /** The longest silence that is allowed; empty where no watchdog is wanted, or of another process. */
    static Optional<Duration> interval(Map<String, String> environment, long processId) {
        String microseconds = environment.getOrDefault("WATCHDOG_USEC", "");
        String process = environment.getOrDefault("WATCHDOG_PID", "");
        if (microseconds.isEmpty() || !(process.isEmpty() || process.equals(Long.toString(processId)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.of(Long.parseLong(microseconds), ChronoUnit.MICROS))
                    .filter(Duration::isPositive);
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC: '{}' is no number of microseconds; nothing watches the daemon", microseconds);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        thread.ifPresent(ScheduledExecutorService::shutdownNow);
    }

    private static void beat(Heart heart, Runnable alive) {
        try {
            heart.await();
            alive.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException e) {
            LOG.error("the watchdog got no answer, and says nothing", e);
        }
    }
}
