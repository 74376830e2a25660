package org.ikebana.ike.service;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelListener;

/**
 * The kernel's events on their way to the event loop. They may come faster than the engine takes them: a scan through a
 * trap asks for an SA with every packet. No more than {@link #LIMIT} wait; what comes then is dropped, and told once by an
 * {@link KernelEvent.EventsLost} after those that wait.
 */
final class KernelMailbox implements KernelListener {
    static final int LIMIT = 8192;

    private final EventLoop loop;
    private final Consumer<KernelEvent> engine;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean lost = new AtomicBoolean();

    KernelMailbox(EventLoop loop, Consumer<KernelEvent> engine) {
        this.loop = loop;
        this.engine = engine;
    }

    @Override
    public void onEvent(KernelEvent event) {
        if (waiting.incrementAndGet() <= LIMIT) {
            loop.inform(() -> {
                waiting.decrementAndGet();
                engine.accept(event);
            });
        } else {
            waiting.decrementAndGet();
            if (lost.compareAndSet(false, true)) {
                loop.inform(this::tellLoss);
            }
        }
    }

    int waiting() {
        return waiting.get();
    }

    /** What is dropped from here on is told anew: the engine may have looked at the kernel before. */
    private void tellLoss() {
        lost.set(false);
        engine.accept(new KernelEvent.EventsLost());
    }
}
