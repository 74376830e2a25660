package org.ikebana.ike.revocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups at servers: whoever asks the same while one is under way gets its answer, and a server that has just failed is
 * left alone for a while, so that a dead one costs the first asker his patience and nobody else anything.
 *
 * @param <T> what is looked up
 */
final class Lookups<T> {
    /** How long a failure is answered with itself. */
    static final Duration PAUSE = Duration.ofMinutes(1);
    /** Askers that wait; a further one is told that it is not known. */
    static final int MAX_WAITING = 10_000;
    /** Failures that are remembered; the oldest is forgotten for another. */
    static final int MAX_FAILURES = 4096;

    private final Environment environment;
    private final Map<Target, List<Consumer<Answer<T>>>> underWay = new HashMap<>();
    private final Map<Target, Failure<T>> failures = new LinkedHashMap<>();
    private int waiting;

    /** @param subject what the question is about; empty where the URI says it all */
    record Target(String uri, String subject) {
        private Target server() {
            return new Target(uri, "");
        }
    }

    private record Failure<T>(Answer.Failed<T> answer, long at) {}

    Lookups(Environment environment) {
        this.environment = environment;
    }

    /**
     * @param reader runs outside the event loop
     * @param result may be told at once
     */
    void look(Target target, Fetch fetch, Function<Fetched, Answer<T>> reader, Consumer<Answer<T>> result) {
        Answer.@Nullable Failed<T> failed = lastFailure(target);
        if (failed != null) {
            result.accept(failed);
            return;
        }
        if (waiting >= MAX_WAITING) {
            result.accept(new Answer.Failed<>("too many wait for servers already", false));
            return;
        }
        waiting++;
        List<Consumer<Answer<T>>> others = underWay.get(target);
        if (others != null) {
            others.add(result);
            return;
        }
        underWay.put(target, new ArrayList<>(List.of(result)));
        environment.fetch(fetch, reader, answer -> settle(target, answer));
    }

    private void settle(Target target, Answer<T> answer) {
        if (answer instanceof Answer.Failed<T> failed) {
            remember(failed.isUnreachable() ? target.server() : target, failed);
        }
        List<Consumer<Answer<T>>> askers = underWay.remove(target);
        waiting -= askers == null ? 0 : askers.size();
        if (askers != null) {
            tell(askers.iterator(), answer);
        }
    }

    /** One after another, as each may go on with a good deal of work, and others are not to wait until all have. */
    private void tell(Iterator<Consumer<Answer<T>>> askers, Answer<T> answer) {
        Consumer<Answer<T>> next = askers.next();
        if (askers.hasNext()) {
            environment.after(Duration.ZERO, () -> tell(askers, answer));
        }
        next.accept(answer);
    }

    private Answer.@Nullable Failed<T> lastFailure(Target target) {
        for (Target each : List.of(target, target.server())) {
            Failure<T> failure = failures.get(each);
            if (failure != null && environment.nanoTime() - failure.at() < PAUSE.toNanos()) {
                return failure.answer();
            }
        }
        return null;
    }

    private void remember(Target target, Answer.Failed<T> failed) {
        failures.remove(target);
        failures.put(target, new Failure<>(failed, environment.nanoTime()));
        if (failures.size() > MAX_FAILURES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }
}
