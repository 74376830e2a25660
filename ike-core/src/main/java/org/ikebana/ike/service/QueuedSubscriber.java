package org.ikebana.ike.service;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber with the notices that it has not heard yet, no more than {@link #LIMIT}, and the thread on which it hears them. */
final class QueuedSubscriber {
    static final int LIMIT = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(QueuedSubscriber.class);

    private final Subscriber subscriber;
    private final BlockingQueue<Notice> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean isTooSlow;
    /** Notices that are waiting or being heard; guarded by this. */
    private int unheard;

    QueuedSubscriber(Subscriber subscriber) {
        this.subscriber = subscriber;
        this.thread = Thread.ofVirtual().name("subscriber").start(this::run);
    }

    /** What it has not heard yet may be why it will want this. */
    boolean wants(Predicate<Subscriber> isWanted) {
        return isBehind() || isWanted.test(subscriber);
    }

    /** On the event loop alone. False where there is no room: it hears nothing any more. */
    boolean offer(Notice notice) {
        if (waiting.size() < LIMIT) {
            count(1);
            waiting.add(notice);
            return true;
        }
        isTooSlow = true;
        thread.interrupt();
        return false;
    }

    /** Waits until it has heard of everything; no longer than that. */
    synchronized void awaitIdle(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); unheard > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                hear(waiting.take());
            }
        } catch (InterruptedException e) {
            LOG.trace("a subscriber has ended");
        }
        if (isTooSlow) {
            subscriber.cutOff();
        }
    }

    private void hear(Notice notice) {
        try {
            subscriber.on(notice);
        } catch (RuntimeException e) {
            LOG.error("A defect in Ikebana; please report it with these lines", e);
        } finally {
            count(-1);
        }
    }

    private synchronized boolean isBehind() {
        return unheard > 0;
    }

    private synchronized void count(int more) {
        unheard += more;
        if (unheard == 0) {
            notifyAll();
        }
    }
}
