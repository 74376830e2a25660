package org.ikebana.bench.handshake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ikebana.bench.machine.Findings;
import org.ikebana.bench.machine.Machine;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.bench.machine.Spread;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.IkeDaemon;

/**
 * What established IKE SAs with one child each take at the responder: what the second half of ten thousand, say, has added, so
 * that what is there once, such as caches and compiled code, does not count.
 */
public final class MemoryBench {
    private static final String ROW = "%-21s %-10s %8s %9s %9s %9s %14s %14s%n";
    /** After how many SAs it is measured. */
    private static final List<Integer> STEPS = List.of(0, 1, 5, 10);

    private final int sas;

    private MemoryBench(int sas) {
        this.sas = sas;
    }

    /**
     * @param residentKilobytes VmRSS, in a managed heap's case after a collection
     * @param liveBytes of a managed heap
     */
    private record Footprint(long residentKilobytes, OptionalLong liveBytes) {
        static Footprint of(Responder responder, IkeDaemon daemon) throws IOException {
            OptionalLong live = responder.liveBytes(daemon);
            return new Footprint(ProcessFigures.of(daemon.pid()).residentKilobytes(), live);
        }
    }

    /** Kilobytes an SA, of resident memory and of live objects. */
    private record Added(double resident, double live) {}

    /** @param arguments how many are a tenth of the SAs; parts of the names of scenarios */
    public static void main(String[] arguments) throws Exception {
        List<String> names = List.of(arguments).subList(1, arguments.length);
        new MemoryBench(Integer.parseInt(arguments[0])).run(names.isEmpty() ? List.of("PSK, x25519", "ECDSA") : names);
    }

    private void run(List<String> names) throws Exception {
        Machine.describe();
        System.out.printf(
                ROW,
                "scenario",
                "responder",
                "MB, none",
                "" + STEPS.get(1) * sas,
                "" + STEPS.get(2) * sas,
                "" + STEPS.get(3) * sas,
                "RSS kB an SA",
                "heap kB an SA");
        for (Scenario scenario : Scenario.all(sas)) {
            if (names.stream().noneMatch(scenario.name()::contains)) {
                continue;
            }
            if (!scenario.strongSwan().isThere()) {
                System.out.println(scenario.missing());
                continue;
            }
            Added ours = print(scenario, Responder.IKEBANA, measure(Responder.IKEBANA, scenario));
            Added theirs = print(scenario, Responder.STRONGSWAN, measure(Responder.STRONGSWAN, scenario));
            Findings.add(
                    scenario.name() + ": RSS kB an SA", "%.1f", once(ours.resident), once(theirs.resident), "0.50");
            Findings.add(
                    scenario.name() + ": heap kB an SA, its RSS",
                    "%.1f",
                    once(ours.live),
                    once(theirs.resident),
                    "0.50");
        }
        System.out.printf(
                "RSS with so many established IKE SAs with one child each, and what each of the second half has added. Heap: live"
                        + " objects.%n");
    }

    private List<Footprint> measure(Responder responder, Scenario scenario) throws Exception {
        try (Lab lab = Lab.open()) {
            Netns[] ends = Responder.cable(lab);
            IkeDaemon daemon = responder.start(ends[1], scenario);
            Load load = Load.start(ends[0], scenario, sas * STEPS.getLast());
            List<Footprint> footprints = new ArrayList<>();
            int established = 0;
            for (int step : STEPS) {
                if (step > 0) {
                    load.establish(step * sas - established);
                }
                established = step * sas;
                footprints.add(Footprint.of(responder, daemon));
            }
            return footprints;
        }
    }

    private Added print(Scenario scenario, Responder responder, List<Footprint> footprints) {
        Footprint half = footprints.get(2);
        Footprint whole = footprints.get(3);
        double more = sas * (STEPS.get(3) - STEPS.get(2));
        Added added = new Added(
                (whole.residentKilobytes() - half.residentKilobytes()) / more,
                (whole.liveBytes().orElse(0) - half.liveBytes().orElse(0)) / 1024.0 / more);
        System.out.printf(
                ROW,
                scenario.name(),
                responder.title(),
                megabytes(footprints.get(0)),
                megabytes(footprints.get(1)),
                megabytes(half),
                megabytes(whole),
                "%.1f".formatted(added.resident),
                whole.liveBytes().isEmpty() ? "-" : "%.1f".formatted(added.live));
        return added;
    }

    private static Spread once(double figure) {
        return Spread.of(List.of(figure), value -> value);
    }

    private static String megabytes(Footprint footprint) {
        return "%.0f".formatted(footprint.residentKilobytes() / 1024.0);
    }
}
