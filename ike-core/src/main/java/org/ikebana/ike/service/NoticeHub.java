package org.ikebana.ike.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.control.Subscription;
import org.ikebana.ike.engine.SaObserver;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.StatusReader;

/** Tells subscribers what happens on the event loop. What none of them wants costs nothing. */
final class NoticeHub implements SaObserver {
    private final List<QueuedSubscriber> subscribers = new CopyOnWriteArrayList<>();
    private final Supplier<StatusReader> reader;

    NoticeHub(Supplier<StatusReader> reader) {
        this.reader = reader;
    }

    Subscription subscribe(Subscriber subscriber) {
        QueuedSubscriber queued = new QueuedSubscriber(subscriber);
        subscribers.add(queued);
        return new Subscription() {
            @Override
            public void await(Duration patience) throws InterruptedException {
                queued.awaitIdle(patience);
            }

            @Override
            public void close() {
                subscribers.remove(queued);
                queued.stop();
            }
        };
    }

    void happened(IkeEvent event) {
        publish(s -> s.wants(event), () -> new Notice.Happened(event));
    }

    @Override
    public void ikeSaUp(IkeSa ikeSa) {
        publish(Subscriber::wantsIkeSas, () -> new Notice.IkeSaUp(reader.get().read(ikeSa)));
    }

    @Override
    public void ikeSaDown(IkeSa ikeSa) {
        publish(Subscriber::wantsIkeSas, () -> new Notice.IkeSaDown(reader.get().read(ikeSa)));
    }

    @Override
    public void ikeSaRekeyed(IkeSa old, IkeSa fresh) {
        publish(
                Subscriber::wantsIkeSas,
                () -> new Notice.IkeSaRekeyed(
                        reader.get().read(old), reader.get().read(fresh)));
    }

    @Override
    public void childSaUp(IkeSa ikeSa, ChildSa child) {
        publish(
                s -> s.wantsChildSas(child.config()),
                () -> new Notice.ChildSaUp(
                        reader.get().read(ikeSa), reader.get().read(child, ChildSaStatus.Stage.INSTALLED)));
    }

    @Override
    public void childSaDown(IkeSa ikeSa, ChildSa child) {
        publish(
                s -> s.wantsChildSas(child.config()),
                () -> new Notice.ChildSaDown(
                        reader.get().read(ikeSa), reader.get().read(child, ChildSaStatus.Stage.DELETED)));
    }

    @Override
    public void childSaRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
        publish(
                s -> s.wantsChildSas(fresh.config()),
                () -> new Notice.ChildSaRekeyed(
                        reader.get().read(ikeSa),
                        reader.get().read(old, ChildSaStatus.Stage.REKEYED),
                        reader.get().read(fresh, ChildSaStatus.Stage.INSTALLED)));
    }

    /** Whoever has no room is dropped, and told. */
    private void publish(Predicate<Subscriber> isWanted, Supplier<Notice> notice) {
        Notice told = null;
        for (QueuedSubscriber subscriber : subscribers) {
            if (subscriber.wants(isWanted)) {
                told = told == null ? notice.get() : told;
                if (!subscriber.offer(told)) {
                    subscribers.remove(subscriber);
                }
            }
        }
    }
}
