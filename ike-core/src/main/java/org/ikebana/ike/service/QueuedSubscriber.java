package org.ikebana.ike.service;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber with the notices that it has not heard yet, no more than {@link #LIMIT}, and the thread on which it hears them. */
final class QueuedSubscriber {
    static final int LIMIT = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(QueuedSubscriber.class);

    private final Subscriber subscriber;
    private final BlockingQueue<Notice> waiting = new LinkedBlockingQueue<>(LIMIT);
    private final Thread thread;
    private volatile boolean isTooSlow;

    QueuedSubscriber(Subscriber subscriber) {
        this.subscriber = subscriber;
        this.thread = Thread.ofVirtual().name("subscriber").start(this::run);
    }

    /** False where there is no room: it hears nothing any more. */
    boolean offer(Notice notice) {
        if (waiting.offer(notice)) {
            return true;
        }
        isTooSlow = true;
        thread.interrupt();
        return false;
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
        }
    }
}
