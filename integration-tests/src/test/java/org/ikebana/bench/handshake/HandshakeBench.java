package org.ikebana.bench.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ikebana.bench.machine.Machine;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.bench.machine.Spread;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.RunningProcess;

/**
 * Prints a table: each responder in each scenario, several runs, the responders taking turns. Responder pinned to CPU
 * 0, initiator (the same engine for both) to CPU 1. A warm-up of a third of the SAs precedes what is measured.
 */
public final class HandshakeBench {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String ROW = "%-14s %-10s %20s %26s %14s %14s%n";

    private final int sas;
    private final int runs;

    private HandshakeBench(int sas, int runs) {
        this.sas = sas;
        this.runs = runs;
    }

    /**
     * @param rate handshakes a second, as the initiator counts them
     * @param cpuMicros CPU of the responder, a handshake
     * @param residentKilobytes growth of the resident set, an SA
     * @param liveKilobytes growth of the live heap, an SA
     */
    private record Result(double rate, double cpuMicros, double residentKilobytes, double liveKilobytes) {}

    /** @param arguments SAs a run, runs */
    public static void main(String[] arguments) throws Exception {
        new HandshakeBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws Exception {
        Machine.describe();
        System.out.printf(
                ROW, "scenario", "responder", "handshakes/s", "CPU us a handshake", "RSS kB an SA", "heap kB an SA");
        for (Scenario scenario : Scenario.all(sas)) {
            List<List<Result>> results = List.of(new ArrayList<>(), new ArrayList<>());
            for (int run = 0; run < runs; run++) {
                for (Responder responder : Responder.both()) {
                    results.get(responder.ordinal()).add(measure(responder, scenario));
                }
            }
            for (Responder responder : Responder.both()) {
                print(scenario, responder, results.get(responder.ordinal()));
            }
        }
        System.out.println("min / median / max of " + runs + " runs, " + sas + " SAs a run (a quarter with modp2048).");
    }

    private static Result measure(Responder responder, Scenario scenario) throws Exception {
        try (Lab lab = Lab.open()) {
            Netns[] ends = Responder.cable(lab);
            IkeDaemon daemon = responder.start(ends[1], scenario);
            Command.of("taskset", "-a", "-c", "-p", "0", Long.toString(daemon.pid()))
                    .run();
            int warmUp = scenario.sas() / 3;
            if (warmUp > 0) {
                load(ends[0], scenario, warmUp);
            }
            OptionalLong liveBefore = responder.liveBytes(daemon);
            ProcessFigures before = ProcessFigures.of(daemon.pid());
            double seconds = load(ends[0], scenario, scenario.sas());
            ProcessFigures after = ProcessFigures.of(daemon.pid());
            OptionalLong liveAfter = responder.liveBytes(daemon);
            double live = liveAfter.isEmpty()
                    ? Double.NaN
                    : (liveAfter.getAsLong() - liveBefore.orElse(0)) / 1024.0 / scenario.sas();
            return new Result(
                    scenario.sas() / seconds,
                    (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / scenario.sas(),
                    (double) (after.residentKilobytes() - before.residentKilobytes()) / scenario.sas(),
                    live);
        }
    }

    /** @return seconds from the first request to the last SA */
    private static double load(Netns netns, Scenario scenario, int sas) {
        List<String> command = List.of(
                "taskset",
                "-c",
                "1",
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Initiator.class.getName(),
                Scenario.INITIATOR_ADDRESS,
                Scenario.RESPONDER_ADDRESS,
                scenario.ike(),
                scenario.esp(),
                Integer.toString(sas));
        RunningProcess initiator =
                netns.lab().own(RunningProcess.start("initiator", netns.commandLine(command), Map.of()));
        String line = initiator.await("^established", LIMIT);
        initiator.await("^complete", LIMIT);
        return Double.parseDouble(line.replaceAll(".* in ([0-9.]+) s.*", "$1"));
    }

    private static void print(Scenario scenario, Responder responder, List<Result> results) {
        System.out.printf(
                ROW,
                scenario.name(),
                responder.title(),
                Spread.of(results, Result::rate).text("%.0f"),
                Spread.of(results, Result::cpuMicros).text("%.0f"),
                median(Spread.of(results, Result::residentKilobytes)),
                median(Spread.of(results, Result::liveKilobytes)));
    }

    private static String median(Spread spread) {
        return Double.isNaN(spread.median()) ? "-" : "%.1f".formatted(spread.median());
    }
}
