package org.ikebana.kernel.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelListener;

/**
 * Events on their way to one backend's listener, in order, on the clock's thread: like a netlink socket it holds only so
 * many, then it tells that some are lost.
 */
public final class EventQueue {
    public static final int CAPACITY = 4096;

    private final KernelClock clock;
    private final ReentrantLock delivering = new ReentrantLock();
    private final Deque<KernelEvent> waiting = new ArrayDeque<>();
    private Optional<KernelListener> listener = Optional.empty();
    private boolean closed;

    EventQueue(KernelClock clock) {
        this.clock = clock;
    }

    public synchronized void listen(KernelListener newListener) {
        listener = Optional.of(newListener);
    }

    /** Once this returns the listener hears no more, unless it is the listener who calls. */
    void close() {
        delivering.lock();
        try {
            synchronized (this) {
                closed = true;
                waiting.clear();
                listener = Optional.empty();
            }
        } finally {
            delivering.unlock();
        }
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    synchronized void add(KernelEvent event) {
        if (closed) {
            return;
        }
        if (waiting.size() < CAPACITY) {
            waiting.add(event);
            clock.schedule(Duration.ZERO, this::deliver);
        } else {
            lose();
        }
    }

    /** An event that should have come here did not. */
    synchronized void lose() {
        if (closed || waiting.peekLast() instanceof KernelEvent.EventsLost) {
            return;
        }
        waiting.add(new KernelEvent.EventsLost());
        clock.schedule(Duration.ZERO, this::deliver);
    }

    private void deliver() {
        delivering.lock();
        try {
            KernelEvent event;
            Optional<KernelListener> hearer;
            synchronized (this) {
                if (waiting.isEmpty()) {
                    return;
                }
                event = waiting.remove();
                hearer = listener;
            }
            hearer.ifPresent(l -> l.onEvent(event));
        } finally {
            delivering.unlock();
        }
    }
}
