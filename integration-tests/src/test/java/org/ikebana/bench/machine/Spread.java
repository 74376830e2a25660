package org.ikebana.bench.machine;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of several runs. */
public record Spread(double least, double median, double most) {
    /** @throws IllegalArgumentException if there is no run */
    public static <T> Spread of(List<T> runs, ToDoubleFunction<T> figure) {
        double[] figures = runs.stream().mapToDouble(figure).sorted().toArray();
        if (figures.length == 0) {
            throw new IllegalArgumentException("no run was measured");
        }
        int middle = figures.length / 2;
        double median = figures.length % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
        return new Spread(figures[0], median, Arrays.stream(figures).max().orElseThrow());
    }

    /** {@code min / median / max}, each in that format. */
    public String text(String format) {
        return format.formatted(least) + " / " + format.formatted(median) + " / " + format.formatted(most);
    }
}
