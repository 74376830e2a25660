package org.ikebana.bench.esp;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ikebana.bench.machine.Findings;
import org.ikebana.bench.machine.Spread;

/** The samples as a Markdown table, and what becomes of each plane under overload. */
record Report(List<Sample> samples) {
    private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s | %s |%n";

    Report {
        samples = List.copyOf(samples);
    }

    void print() {
        System.out.printf(
                ROW,
                "load",
                "plane",
                "received, min / median / max",
                "sent",
                "lost",
                "CPU s/GB, both daemons",
                "CPUs busy with other things",
                "times strongSwan");
        System.out.printf(ROW, "---", "---", "---", "---", "---", "---", "---", "---");
        for (Load load : loads()) {
            planes().forEach(plane -> row(load, plane));
        }
        System.out.println();
        planes().forEach(plane -> List.of(1300, 64).forEach(octets -> overload(plane, octets)));
    }

    private void row(Load load, Plane plane) {
        List<Sample> runs = of(load, plane);
        double rate = Spread.of(runs, Sample::rate).median();
        System.out.printf(
                ROW,
                load,
                plane,
                Spread.of(runs, Sample::rate).text(load.isTcp() ? "%.2f" : "%.1f"),
                load.isTcp()
                        ? ""
                        : "%.1f".formatted(Spread.of(runs, Sample::sent).median()),
                load.isTcp()
                        ? ""
                        : "%.1f %%"
                                .formatted(100 * Spread.of(runs, Sample::loss).median()),
                plane == Plane.NONE
                        ? ""
                        : Spread.of(runs, Sample::cpuPerGigabyte).text("%.1f"),
                Spread.of(runs, Sample::otherLoad).text("%.2f"),
                reference(load).map(base -> "%.2f".formatted(rate / base)).orElse(""));
    }

    /** To the table of all benchmarks. */
    void find() throws IOException {
        for (Load load : loads()) {
            for (Plane plane : planes()) {
                if (plane != Plane.STRONGSWAN
                        && plane != Plane.NONE
                        && reference(load).isPresent()) {
                    Findings.add(
                            "%s, %s: received (TCP Gbit/s, UDP 1000/s)".formatted(plane, load),
                            load.isTcp() ? "%.2f" : "%.1f",
                            Spread.of(of(load, plane), Sample::rate),
                            Spread.of(of(load, Plane.STRONGSWAN), Sample::rate),
                            "");
                }
            }
        }
    }

    private Optional<Double> reference(Load load) {
        List<Sample> runs = of(load, Plane.STRONGSWAN);
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.of(runs, Sample::rate).median());
    }

    private void overload(Plane plane, int octets) {
        List<Load> offers =
                loads().stream().filter(load -> load.octets() == octets).toList();
        Optional<Load> most =
                offers.stream().filter(load -> load.offered() == 0).findFirst();
        if (most.isPresent()) {
            double best = offers.stream()
                    .map(load -> median(load, plane))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            double atMost = median(most.get(), plane);
            System.out.printf(
                    "%s, %d octets, overload: receives %.1f thousand a second, %.0f %% of its best%n",
                    plane, octets, atMost, 100 * atMost / best);
        }
    }

    private double median(Load load, Plane plane) {
        return Spread.of(of(load, plane), Sample::rate).median();
    }

    private List<Sample> of(Load load, Plane plane) {
        return samples.stream()
                .filter(sample -> sample.load().equals(load) && sample.plane() == plane)
                .toList();
    }

    private List<Load> loads() {
        return samples.stream().map(Sample::load).distinct().toList();
    }

    private List<Plane> planes() {
        return samples.stream().map(Sample::plane).distinct().sorted().toList();
    }
}
