package org.ikebana.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.ikebana.ike.environment.Timer;
import org.ikebana.kernel.model.KernelClock;

/** A clock that only the test moves; whatever is due runs on the test's own thread. */
final class VirtualTime implements KernelClock {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Due> waiting = new PriorityQueue<>();
    private long now;
    private long count;

    private record Due(long at, long order, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    @Override
    public Instant now() {
        return START.plusNanos(now);
    }

    long nanos() {
        return now;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(now + delay.toNanos(), count++, task);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    /** Lets time pass; what is due on the way runs at its time. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (!waiting.isEmpty() && waiting.peek().at <= end) {
            Due next = waiting.remove();
            now = next.at;
            next.task.run();
        }
        now = end;
    }
}
