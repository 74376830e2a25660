package org.ikebana.kernel.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SecurityAssociation;

/**
 * Brings SAs into the database and ends them: timers, events, and the wiping of keys. Its callers hold {@code lock}; its
 * timers take it.
 */
public final class SaLifecycle {
    private static final long FOREVER_SECONDS = Duration.ofDays(36_500).toSeconds();

    private final SaDatabase sas;
    private final KernelClock clock;
    private final DataPlane plane;
    private final EventHub events;
    private final Object lock;
    private final Map<SaEntry, List<Timer>> timers = new HashMap<>();

    SaLifecycle(SaDatabase sas, KernelClock clock, DataPlane plane, EventHub events, Object lock) {
        this.sas = sas;
        this.clock = clock;
        this.plane = plane;
        this.events = events;
        this.lock = lock;
    }

    void begin(LarvalSa larval, Duration lifetime) {
        sas.add(larval);
        after(lifetime, larval, () -> endByLimit(larval));
    }

    /** @param answered larval SAs whose time is over with this one */
    void begin(CompleteSa sa, Stream<LarvalSa> answered) throws KernelException {
        plane.begin(sa);
        answered.forEach(this::end);
        sas.add(sa);
        Lifetimes limits = sa.installed().lifetimes();
        if (isTimeLimit(limits.softSeconds())) {
            after(Duration.ofSeconds(limits.softSeconds()), sa, () -> warn(sa));
        }
        if (isTimeLimit(limits.hardSeconds())) {
            after(Duration.ofSeconds(limits.hardSeconds()), sa, () -> endByLimit(sa));
        }
    }

    /** The same SA between other ends; its timers and counters go on. */
    void move(CompleteSa sa, SecurityAssociation now) {
        sas.remove(sa);
        sa.move(now);
        sas.add(sa);
        plane.moved(sa);
    }

    /** Without an event. */
    void end(SaEntry entry) {
        List<Timer> pending = timers.remove(entry);
        if (pending != null) {
            pending.forEach(Timer::cancel);
        }
        sas.remove(entry);
        if (entry instanceof CompleteSa sa) {
            plane.end(sa);
            sa.wipe();
        }
    }

    /** A soft limit: told once in an SA's life. */
    public void warn(CompleteSa sa) {
        if (!sa.isDying()) {
            sa.die();
            plane.dying(sa);
            events.raise(new KernelEvent.SoftExpire(sa.key(), sa.reqid()));
        }
    }

    /** A hard limit, or the end of a larval SA that nothing came of. */
    public void endByLimit(SaEntry entry) {
        end(entry);
        boolean isAcquire = entry instanceof LarvalSa larval && larval.isAcquire();
        if (!isAcquire) {
            events.raise(new KernelEvent.HardExpire(entry.key(), entry.reqid()));
        }
    }

    private void after(Duration delay, SaEntry entry, Runnable task) {
        Timer timer = clock.schedule(delay, () -> {
            synchronized (lock) {
                if (timers.containsKey(entry)) {
                    task.run();
                }
            }
        });
        timers.computeIfAbsent(entry, unseen -> new ArrayList<>(2)).add(timer);
    }

    private static boolean isTimeLimit(long seconds) {
        return seconds > 0 && seconds < FOREVER_SECONDS;
    }
}
