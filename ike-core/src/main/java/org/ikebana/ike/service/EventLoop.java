package org.ikebana.ike.service;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ikebana.ike.environment.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what others hand it, and timers, one at a time. Handing over takes no lock; what comes from the network is
 * bounded, so that a flood costs memory for no more than {@link #INPUT_LIMIT} datagrams. Inputs, news and timers take
 * turns, so that a flood of one keeps none of the others waiting for ever.
 *
 * <p>Whoever runs something has the baton: as a rule the loop's own thread, and while that sleeps whoever has an input and the time.
 * Whatever runs sees what ran before it.
 */
final class EventLoop implements AutoCloseable {
    static final int INPUT_LIMIT = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int IN_TURN = 64;
    /** After so long of commands, or of timers, it is the turn of what comes from the network. */
    private static final long TURN_NANOS = Duration.ofMillis(5).toNanos();

    private static final long IDLE_NANOS = Duration.ofSeconds(60).toNanos();

    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> inputs = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingInputs = new AtomicInteger();
    /** Of ten thousand SAs there are many, and one is cancelled with every answer. */
    private final TreeSet<Alarm> alarms = new TreeSet<>();

    private final Thread thread;
    /** Taken until {@link #start}. */
    private final AtomicBoolean baton = new AtomicBoolean(true);

    private volatile boolean closed;
    private volatile boolean asleep;
    /** When the thread looks at the timers again; whoever sets an earlier one has to wake it. */
    private volatile long sleepsUntil;

    private long alarmCount;

    private final class Alarm implements Timer, Comparable<Alarm> {
        private final long at;
        private final long order;
        private final Runnable action;

        private Alarm(long at, Runnable action) {
            this.at = at;
            this.order = alarmCount++;
            this.action = action;
        }

        @Override
        public void cancel() {
            alarms.remove(this);
        }

        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.signum(at - other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    EventLoop(String name) {
        thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        baton.set(false);
        thread.start();
    }

    /** Runs {@code command} on the loop, after those handed over before. */
    void execute(Runnable command) {
        commands.add(command);
        wake();
    }

    /** Like {@link #execute} for what an outsider may send at will; false where too much is waiting already. */
    boolean offer(Runnable input) {
        if (waitingInputs.incrementAndGet() > INPUT_LIMIT) {
            waitingInputs.decrementAndGet();
            return false;
        }
        inputs.add(input);
        wake();
        return true;
    }

    /** Like {@link #offer}, but runs it on the calling thread if nothing else is there to do. */
    boolean offerOrRun(Runnable input) {
        if (closed || !inputs.isEmpty() || !baton.compareAndSet(false, true)) {
            return offer(input);
        }
        guarded(input);
        Alarm next = nextAlarm();
        baton.set(false);
        // The queues and the thread's deadline are looked at after that, as it may have found the baton taken
        // meanwhile.
        if (isWorkWaiting() || (next != null && next.at - sleepsUntil < 0)) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    /** Like {@link #execute}, but in turn with the inputs; whoever calls sees to it that not too much is waiting. */
    void inform(Runnable report) {
        news.add(report);
        wake();
    }

    /** How many inputs have been offered that have not begun to run. */
    int waiting() {
        return waitingInputs.get();
    }

    /** How many timers are set; on the loop only. */
    int timers() {
        return alarms.size();
    }

    /** On the loop only. */
    Timer after(Duration delay, Runnable action) {
        Alarm alarm = new Alarm(System.nanoTime() + delay.toNanos(), action);
        alarms.add(alarm);
        return alarm;
    }

    /** Runs no more and waits for the action that is running; not on the loop's own thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            if (!baton.compareAndSet(false, true)) {
                awaitBaton();
            } else if (!takeTurns()) {
                sleep();
            }
        }
    }

    private boolean takeTurns() {
        boolean worked = runCommands();
        worked |= runNews();
        worked |= runInputs();
        worked |= runAlarms();
        Alarm next = nextAlarm();
        sleepsUntil = next == null ? System.nanoTime() + IDLE_NANOS : next.at;
        baton.set(false);
        return worked;
    }

    /** Until whoever has it finds something left to do. */
    private void awaitBaton() {
        asleep = true;
        sleepsUntil = System.nanoTime() + IDLE_NANOS;
        if (baton.get() && !closed) {
            LockSupport.parkNanos(this, IDLE_NANOS);
        }
        asleep = false;
    }

    private boolean runCommands() {
        long start = System.nanoTime();
        boolean any = false;
        for (Runnable next = commands.poll(); next != null; next = isTurnOver(start) ? null : commands.poll()) {
            guarded(next);
            any = true;
        }
        return any;
    }

    private boolean runNews() {
        for (int i = 0; i < IN_TURN; i++) {
            Runnable next = news.poll();
            if (next == null) {
                return i > 0;
            }
            guarded(next);
        }
        return true;
    }

    private boolean runInputs() {
        for (int i = 0; i < IN_TURN; i++) {
            Runnable next = inputs.poll();
            if (next == null) {
                return i > 0;
            }
            waitingInputs.decrementAndGet();
            guarded(next);
        }
        return true;
    }

    private boolean runAlarms() {
        boolean any = false;
        long now = System.nanoTime();
        for (Alarm next = nextAlarm();
                next != null && next.at - now <= 0;
                next = isTurnOver(now) ? null : nextAlarm()) {
            alarms.pollFirst();
            guarded(next.action);
            any = true;
        }
        return any;
    }

    private @Nullable Alarm nextAlarm() {
        return alarms.isEmpty() ? null : alarms.first();
    }

    private static boolean isTurnOver(long start) {
        return System.nanoTime() - start >= TURN_NANOS;
    }

    /** The flag is up before the queues are looked at again, so that nothing handed over meanwhile is slept through. */
    private void sleep() {
        asleep = true;
        long nanos = sleepsUntil - System.nanoTime();
        if (nanos > 0 && !isWorkWaiting() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep = false;
    }

    private boolean isWorkWaiting() {
        return !(commands.isEmpty() && news.isEmpty() && inputs.isEmpty());
    }

    /** A mistake of ours must not end the daemon, and must not go unseen. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.error("A defect in Ikebana; please report it with these lines", e);
        }
    }
}
