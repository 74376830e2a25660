package org.ikebana.bench.esp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.ikebana.bench.machine.Machine;

/** Every plane under every load, several runs, the planes taking turns; then one table. */
public final class EspBench {
    private static final Duration WARM_UP = Duration.ofSeconds(6);

    private final List<Load> loads;
    private final Duration time;
    private final Duration warmUp;

    private EspBench(List<Load> loads, Duration time, Duration warmUp) {
        this.loads = loads;
        this.time = time;
        this.warmUp = warmUp;
    }

    /** @param arguments seconds a load, runs, {@code short} or {@code full}, and the planes' names; all without any */
    public static void main(String[] arguments) throws IOException {
        Duration time = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        int runs = Integer.parseInt(arguments[1]);
        boolean few = arguments[2].equals("short");
        List<Plane> planes = Arrays.stream(arguments)
                .skip(3)
                .map(name -> Plane.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .toList();
        if (planes.isEmpty()) {
            planes = List.of(Plane.values());
        }
        Machine.describe();
        List<Sample> samples =
                new EspBench(few ? Load.few() : Load.all(), time, few ? time : WARM_UP).run(planes, runs);
        System.out.printf(
                "%nTwo namespaces, one veth pair, AES-256-GCM, %d s a load, %d runs, rates of what arrives.%n%n",
                time.toSeconds(), runs);
        Report report = new Report(samples);
        report.print();
        report.find();
    }

    /** Each run begins with another plane, so that none always finds the machine as the same other one left it. */
    private List<Sample> run(List<Plane> planes, int runs) throws IOException {
        List<Plane> order = new ArrayList<>(planes);
        List<Sample> samples = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            for (Plane plane : order) {
                System.err.printf("run %d of %d: %s%n", run, runs, plane);
                samples.addAll(new Measurement(plane, loads, time, warmUp).run());
            }
            Collections.rotate(order, -1);
        }
        return samples;
    }
}
