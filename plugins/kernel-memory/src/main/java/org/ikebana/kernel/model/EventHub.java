package org.ikebana.kernel.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ikebana.ike.kernel.KernelEvent;

/** Tells events to every backend that is open, as the kernel's multicast groups do. */
public final class EventHub {
    private final KernelClock clock;
    private final KernelFaults faults;
    private final List<EventQueue> queues = new CopyOnWriteArrayList<>();

    EventHub(KernelClock clock, KernelFaults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    public EventQueue attach() {
        EventQueue queue = new EventQueue(clock);
        queues.add(queue);
        return queue;
    }

    public void detach(EventQueue queue) {
        queues.remove(queue);
        queue.close();
    }

    public boolean isHeard() {
        return !queues.isEmpty();
    }

    public void raise(KernelEvent event) {
        if (faults.dropsEvent()) {
            return;
        }
        boolean lost = faults.losesEvent();
        for (EventQueue queue : queues) {
            if (lost) {
                queue.lose();
            } else {
                queue.add(event);
            }
        }
    }
}
