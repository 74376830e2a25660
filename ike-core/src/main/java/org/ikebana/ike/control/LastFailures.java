package org.ikebana.ike.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;

/** Why each child, or the connection that it needs, has failed last; until it is up. Thread-safe. */
public final class LastFailures implements Subscriber {
    /** Of connections that are configured no more some may stay; this many never are. */
    private static final int MOST = 100_000;

    private static final String WHOLE_CONNECTION = "";

    private final LongSupplier clock;
    private final Map<TunnelName, Entry> failures = new HashMap<>();
    private final Map<TunnelName, Long> attempts = new HashMap<>();
    private volatile boolean isEmpty = true;

    private record Entry(Failure failure, long at) {}

    /**
     * What is known of a child's failure.
     *
     * @param age since it failed
     * @param untilRetry empty where none has been announced
     */
    public record Report(Failure failure, Duration age, Optional<Duration> untilRetry) {}

    /** @param clock in nanoseconds */
    public LastFailures(LongSupplier clock) {
        this.clock = clock;
    }

    /** The child's own failure, or else that of its connection. */
    public synchronized Optional<Report> of(TunnelName name) {
        long now = clock.getAsLong();
        return Optional.ofNullable(failures.get(name))
                .or(() -> Optional.ofNullable(failures.get(whole(name.connection()))))
                .map(entry -> new Report(
                        entry.failure(),
                        Duration.ofNanos(now - entry.at()),
                        Optional.ofNullable(attempts.get(name))
                                .filter(at -> at > now)
                                .map(at -> Duration.ofNanos(at - now))));
    }

    @Override
    public boolean wants(IkeEvent event) {
        return event instanceof IkeEvent.NegotiationFailed || event instanceof IkeEvent.RetryScheduled;
    }

    @Override
    public boolean wantsIkeSas() {
        return false;
    }

    /** One that is up has failed no more. */
    @Override
    public boolean wantsChildSas(ChildConfig child) {
        return !isEmpty;
    }

    @Override
    public synchronized void on(Notice notice) {
        if (notice instanceof Notice.Happened happened) {
            switch (happened.event()) {
                case IkeEvent.NegotiationFailed failed -> failed(failed);
                case IkeEvent.RetryScheduled retry ->
                    attempts.put(
                            new TunnelName(retry.connection(), retry.child()),
                            clock.getAsLong() + retry.delay().toNanos());
                default -> {} // no news of failures
            }
        } else if (notice instanceof Notice.ChildSaUp up) {
            String connection = up.ikeSa().name().connection();
            TunnelName name = new TunnelName(connection, up.child().config().name());
            failures.remove(name);
            failures.remove(whole(connection));
            attempts.remove(name);
        }
        isEmpty = failures.isEmpty() && attempts.isEmpty();
    }

    @Override
    public synchronized void cutOff() {
        failures.clear();
        attempts.clear();
        isEmpty = true;
    }

    /** A peer that nobody knows has none of ours failed. */
    private void failed(IkeEvent.NegotiationFailed event) {
        if (!event.ikeSa().connection().isEmpty() && failures.size() < MOST) {
            TunnelName name =
                    new TunnelName(event.ikeSa().connection(), event.child().orElse(WHOLE_CONNECTION));
            failures.put(name, new Entry(event.failure(), clock.getAsLong()));
        }
    }

    private static TunnelName whole(String connection) {
        return new TunnelName(connection, WHOLE_CONNECTION);
    }
}
