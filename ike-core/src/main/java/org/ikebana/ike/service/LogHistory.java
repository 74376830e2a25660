package org.ikebana.ike.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ikebana.ike.control.DaemonLog;
import org.ikebana.ike.control.LogEntry;

/** The last lines of the log, and who follows it. Nobody who logs waits for those who read. */
public final class LogHistory {
    /** Lines that are kept. */
    public static final int LINES = 500;
    /** Lines that may wait for a follower, the first ones included. */
    static final int WAITING = 2 * LINES;
    /** Characters of a line; what is longer, and none of ours is, is cut. */
    static final int LONGEST = 8192;

    private final Deque<LogEntry> last = new ArrayDeque<>();
    private final List<Queue> followers = new CopyOnWriteArrayList<>();

    public synchronized void add(LogEntry entry) {
        LogEntry kept = entry.text().length() <= LONGEST
                ? entry
                : new LogEntry(
                        entry.time(),
                        entry.level(),
                        entry.subsystem(),
                        entry.text().substring(0, LONGEST) + "…",
                        entry.context());
        if (last.size() == LINES) {
            last.removeFirst();
        }
        last.addLast(kept);
        followers.forEach(follower -> follower.offer(kept));
    }

    /** All that is kept, and from then on every line. */
    public synchronized DaemonLog.Follower follow() {
        Queue follower = new Queue();
        last.forEach(follower::offer);
        followers.add(follower);
        return follower;
    }

    private final class Queue implements DaemonLog.Follower {
        private final BlockingQueue<LogEntry> waiting = new LinkedBlockingQueue<>(WAITING);
        private final AtomicLong lost = new AtomicLong();

        void offer(LogEntry entry) {
            if (!waiting.offer(entry)) {
                lost.incrementAndGet();
            }
        }

        @Override
        public Optional<LogEntry> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        }

        @Override
        public long lost() {
            return lost.getAndSet(0);
        }

        @Override
        public void close() {
            followers.remove(this);
        }
    }
}
