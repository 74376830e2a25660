package org.ikebana.bench.tunnels;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What tunnels have cost as there were more and more.
 *
 * @param micros CPU of the gateway for each, in each step of so many
 * @param seconds from the first to the last
 */
record Steps(List<Double> micros, double seconds) {
    Steps {
        micros = List.copyOf(micros);
    }

    @Override
    public String toString() {
        return micros.stream().map("%.0f"::formatted).collect(Collectors.joining(" "))
                + " us, %.1f s".formatted(seconds);
    }

    double first() {
        return micros.getFirst();
    }

    /** Once what was cold in the first is warm. */
    double second() {
        return micros.get(1);
    }

    double last() {
        return micros.getLast();
    }

    double lastByFirst() {
        return last() / first();
    }

    double lastBySecond() {
        return last() / second();
    }
}
