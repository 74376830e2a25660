package org.ikebana.ike.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.control.Subscription;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.sa.StatusReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscribers hear everything, in order, or are told that they do not; whoever tells them waits for none. */
@Timeout(60)
class NoticeHubTest {
    private final NoticeHub hub = new NoticeHub(() -> new StatusReader(0));

    /** Hears, or sits on the first notice for ever. */
    private static class Listener implements Subscriber {
        private final BlockingQueue<Notice> heard = new LinkedBlockingQueue<>();
        private final CountDownLatch cutOff = new CountDownLatch(1);
        private final CountDownLatch busy = new CountDownLatch(1);
        private final boolean isSlow;

        Listener(boolean isSlow) {
            this.isSlow = isSlow;
        }

        @Override
        public void on(Notice notice) {
            heard.add(notice);
            if (isSlow) {
                busy.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void cutOff() {
            cutOff.countDown();
        }

        List<Notice> take(int count) throws InterruptedException {
            List<Notice> taken = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                taken.add(heard.take());
            }
            return taken;
        }
    }

    @Test
    void allAreHeardInOrder() throws Exception {
        Listener listener = new Listener(false);
        try (Subscription subscription = hub.subscribe(listener)) {
            assertThat(subscription).isNotNull();
            for (int i = 0; i < 3; i++) {
                hub.happened(event(i));
            }
            assertThat(listener.take(3))
                    .containsExactly(
                            new Notice.Happened(event(0)),
                            new Notice.Happened(event(1)),
                            new Notice.Happened(event(2)));
        }
    }

    @Test
    void whoIsTooSlowIsCutOffAndNobodyElse() throws Exception {
        Listener slow = new Listener(true);
        Listener listener = new Listener(false);
        hub.subscribe(slow);
        hub.happened(event(0));
        slow.busy.await();
        try (Subscription subscription = hub.subscribe(listener)) {
            assertThat(subscription).isNotNull();
            int count = QueuedSubscriber.LIMIT + 1;
            for (int i = 1; i <= count; i++) {
                hub.happened(event(i));
                assertThat(listener.heard.take()).isEqualTo(new Notice.Happened(event(i)));
            }
            assertThat(slow.cutOff.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.heard).hasSize(1);
            assertThat(listener.cutOff.getCount()).isEqualTo(1);
        }
    }

    @Test
    void whoIsNoSubscriberAnyMoreHearsNothing() throws Exception {
        Listener former = new Listener(false);
        hub.subscribe(former).close();
        Listener listener = new Listener(false);
        try (Subscription subscription = hub.subscribe(listener)) {
            assertThat(subscription).isNotNull();
            hub.happened(event(1));
            assertThat(listener.take(1)).hasSize(1);
        }
        assertThat(former.heard).isEmpty();
        assertThat(former.cutOff.getCount()).isEqualTo(1);
    }

    @Test
    void whatIsNotWantedIsNotHeard() throws Exception {
        Listener listener = new Listener(false) {
            @Override
            public boolean wants(IkeEvent event) {
                return event.equals(event(2));
            }
        };
        try (Subscription subscription = hub.subscribe(listener)) {
            hub.happened(event(1));
            hub.happened(event(2));
            subscription.await(Duration.ofSeconds(30));
            assertThat(listener.heard).containsExactly(new Notice.Happened(event(2)));
        }
    }

    @Test
    void whoIsBehindIsNotAskedWhatItWants() throws Exception {
        Listener slow = new Listener(true) {
            @Override
            public boolean wants(IkeEvent event) {
                return event.equals(event(1));
            }
        };
        hub.subscribe(slow);
        hub.happened(event(1));
        slow.busy.await();
        for (int i = 2; i <= QueuedSubscriber.LIMIT + 2; i++) {
            hub.happened(event(i));
        }
        assertThat(slow.cutOff.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static IkeEvent event(int number) {
        return new IkeEvent.Warning(Subsystem.IKE, "test", Integer.toString(number));
    }
}
