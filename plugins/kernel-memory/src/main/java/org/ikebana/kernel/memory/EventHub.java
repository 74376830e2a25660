package org.ikebana.kernel.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ikebana.ike.kernel.KernelEvent;

/** Tells events to every backend that is open, as the kernel's multicast groups do. */
final class EventHub {
    private final MemoryClock clock;
    private final KernelFaults faults;
    private final List<EventQueue> queues = new CopyOnWriteArrayList<>();

    EventHub(MemoryClock clock, KernelFaults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    EventQueue attach() {
        EventQueue queue = new EventQueue(clock);
        queues.add(queue);
        return queue;
    }

    void detach(EventQueue queue) {
        queues.remove(queue);
        queue.close();
    }

    boolean isHeard() {
        return !queues.isEmpty();
    }

    void raise(KernelEvent event) {
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
