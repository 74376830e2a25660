package org.ikebana.it.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times, and how they are spread. */
final class Figures {
    private final List<Duration> times = new ArrayList<>();

    void add(Duration time) {
        times.add(time);
    }

    @Override
    public String toString() {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? "none"
                : "min %.2f s, median %.2f s, max %.2f s"
                        .formatted(
                                seconds(sorted.getFirst()),
                                seconds(sorted.get(sorted.size() / 2)),
                                seconds(sorted.getLast()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
