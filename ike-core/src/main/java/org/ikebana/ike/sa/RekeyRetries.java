package org.ikebana.ike.sa;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ikebana.ike.environment.Timer;

/** The pairs whose rekey did not come off and is to be tried again. */
final class RekeyRetries {
    private final SaServices services;
    private final Consumer<ChildSa> rekey;
    private final Map<ChildSa, Timer> timers = new LinkedHashMap<>(1);

    RekeyRetries(SaServices services, Consumer<ChildSa> rekey) {
        this.services = services;
        this.rekey = rekey;
    }

    void schedule(ChildSa child, RetryDelays delay) {
        cancel(child);
        timers.put(
                child,
                services.environment().after(delay.next(services.environment().random()), () -> {
                    timers.remove(child);
                    rekey.accept(child);
                }));
    }

    void cancel(ChildSa child) {
        Timer timer = timers.remove(child);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Cancels all, and says which they were. */
    List<ChildSa> clear() {
        List<ChildSa> all = List.copyOf(timers.keySet());
        timers.values().forEach(Timer::cancel);
        timers.clear();
        return all;
    }
}
