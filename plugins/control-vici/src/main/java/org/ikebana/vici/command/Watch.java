package org.ikebana.vici.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.control.Subscription;

/** What happens from now on, taken when a command gets to it. */
final class Watch implements AutoCloseable {
    private static final int LIMIT = 1024;

    private final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>(LIMIT);
    private final Subscription subscription;
    private volatile boolean isCutOff;

    private Watch(DaemonControl daemon) {
        this.subscription = daemon.subscribe(new Subscriber() {
            @Override
            public void on(Notice notice) {
                try {
                    notices.put(notice);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the subscription ends
                }
            }

            @Override
            public void cutOff() {
                isCutOff = true;
            }
        });
    }

    static Watch begin(DaemonControl daemon) {
        return new Watch(daemon);
    }

    /** Waits for the next one; empty where there is none for so long. */
    Optional<Notice> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(notices.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The next one, if there is one already. */
    Optional<Notice> now() {
        return Optional.ofNullable(notices.poll());
    }

    /** Some notices have been missed. */
    boolean isCutOff() {
        return isCutOff;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
