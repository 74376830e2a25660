package org.ikebana.vici.report;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;

/** Why each child, or the connection that it needs, has failed last; until it is up. Thread-safe. */
public final class LastFailures implements Subscriber {
    /** Of connections that are configured no more some may stay; this many never are. */
    private static final int MOST = 100_000;

    private static final String WHOLE_CONNECTION = "";

    private final Map<Name, Entry> failures = new HashMap<>();
    private final Map<Name, Long> attempts = new HashMap<>();

    private record Name(String connection, String child) {}

    private record Entry(Failure failure, long at) {}

    /**
     * What is known of a child's failure.
     *
     * @param age since it failed
     * @param untilRetry empty where none has been announced
     */
    public record Report(Failure failure, Duration age, Optional<Duration> untilRetry) {}

    /** The child's own failure, or else that of its connection. */
    public synchronized Optional<Report> of(String connection, String child) {
        long now = System.nanoTime();
        Name name = new Name(connection, child);
        return Optional.ofNullable(failures.get(name))
                .or(() -> Optional.ofNullable(failures.get(new Name(connection, WHOLE_CONNECTION))))
                .map(entry -> new Report(
                        entry.failure(),
                        Duration.ofNanos(now - entry.at()),
                        Optional.ofNullable(attempts.get(name))
                                .filter(at -> at > now)
                                .map(at -> Duration.ofNanos(at - now))));
    }

    @Override
    public synchronized void on(Notice notice) {
        if (notice instanceof Notice.Happened happened) {
            switch (happened.event()) {
                case IkeEvent.NegotiationFailed failed -> failed(failed);
                case IkeEvent.RetryScheduled retry ->
                    attempts.put(
                            new Name(retry.connection(), retry.child()),
                            System.nanoTime() + retry.delay().toNanos());
                default -> {} // no news of failures
            }
        } else if (notice instanceof Notice.ChildSaUp up) {
            String connection = up.ikeSa().name().connection();
            Name name = new Name(connection, up.child().config().name());
            failures.remove(name);
            failures.remove(new Name(connection, WHOLE_CONNECTION));
            attempts.remove(name);
        }
    }

    @Override
    public synchronized void cutOff() {
        failures.clear();
        attempts.clear();
    }

    /** A peer that nobody knows has none of ours failed. */
    private void failed(IkeEvent.NegotiationFailed event) {
        if (!event.ikeSa().connection().isEmpty() && failures.size() < MOST) {
            Name name = new Name(event.ikeSa().connection(), event.child().orElse(WHOLE_CONNECTION));
            failures.put(name, new Entry(event.failure(), System.nanoTime()));
        }
    }
}
