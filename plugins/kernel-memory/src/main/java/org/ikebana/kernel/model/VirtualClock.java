package org.ikebana.kernel.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import org.ikebana.ike.environment.Timer;
import org.jspecify.annotations.Nullable;

/** Time that stands still until a test moves it on; tasks run on the thread that does so. */
public final class VirtualClock implements KernelClock {
    private static final int LIMIT = 1_000_000;

    private final TreeSet<Task> tasks =
            new TreeSet<>(Comparator.<Task>comparingLong(task -> task.at).thenComparingLong(task -> task.number));
    private final Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    /** Nanoseconds since {@code begin}. */
    private long now;

    private long scheduled;

    @Override
    public synchronized Instant now() {
        return begin.plusNanos(now);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        Task entry = new Task(now + delay.toNanos(), scheduled++, task);
        tasks.add(entry);
        return () -> cancel(entry);
    }

    /** Runs what becomes due on the way. */
    public void advance(Duration time) {
        long end = after(time);
        int run = 0;
        for (Task task = next(end); task != null; task = next(end)) {
            task.action.run();
            if (++run > LIMIT) {
                throw new AssertionError("Tasks make tasks without end");
            }
        }
        synchronized (this) {
            now = end;
        }
    }

    /** How many tasks are to come. */
    public synchronized int waiting() {
        return tasks.size();
    }

    private synchronized long after(Duration time) {
        return now + time.toNanos();
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    private synchronized @Nullable Task next(long end) {
        if (tasks.isEmpty() || tasks.first().at > end) {
            return null;
        }
        now = tasks.first().at;
        return tasks.pollFirst();
    }

    /** No two have the same place in the order, so that the one that is meant is found at once. */
    private static final class Task {
        private final long at;
        private final long number;
        private final Runnable action;

        private Task(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }
    }
}
