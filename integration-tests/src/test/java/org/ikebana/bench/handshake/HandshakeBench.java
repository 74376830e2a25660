package org.ikebana.bench.handshake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
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
 * 0, initiator (the same engine for both) to CPU 1. The first thousand SAs after the start are measured apart; then comes
 * a warm-up, and what counts after it.
 */
public final class HandshakeBench {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String ROW = "%-21s %-10s %19s %19s %22s %10s %10s%n";
    private static final int FIRST = 1000;
    private static final int WARM_UP_FACTOR = 4;

    private final int sas;
    private final int runs;

    private HandshakeBench(int sas, int runs) {
        this.sas = sas;
        this.runs = runs;
    }

    /**
     * @param firstMicros CPU of the responder, a handshake, in the first ones after its start
     * @param cpuMicros the same after the warm-up
     * @param rate handshakes a second, as the initiator counts them, after the warm-up
     * @param residentKilobytes growth of the resident set, an SA
     * @param liveKilobytes growth of the live heap, an SA
     */
    private record Result(
            double firstMicros, double cpuMicros, double rate, double residentKilobytes, double liveKilobytes) {}

    /** @param arguments SAs a run, runs, and parts of the names of scenarios, if not all are wanted */
    public static void main(String[] arguments) throws Exception {
        List<String> names = List.of(arguments).subList(2, arguments.length);
        new HandshakeBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run(names);
    }

    private void run(List<String> names) throws Exception {
        Machine.describe();
        System.out.printf(
                ROW,
                "scenario",
                "responder",
                "CPU us, first",
                "CPU us, warm",
                "handshakes/s, warm",
                "RSS kB",
                "heap kB");
        for (Scenario scenario : Scenario.all(sas)) {
            if (!names.isEmpty() && names.stream().noneMatch(scenario.name()::contains)) {
                continue;
            }
            if (!scenario.strongSwan().isThere()) {
                System.out.println(scenario.name() + ": run integration-tests/newer-strongswan first");
                continue;
            }
            Map<Responder, List<Result>> results = new EnumMap<>(Responder.class);
            for (int run = 0; run < runs; run++) {
                for (Responder responder : Responder.both()) {
                    results.computeIfAbsent(responder, any -> new ArrayList<>()).add(measure(responder, scenario));
                }
            }
            results.forEach((responder, measured) -> print(scenario, responder, measured));
            compare(results);
        }
        System.out.printf(
                "CPU of the responder a handshake, memory an SA; min / median / max of %d runs of %d SAs (a quarter with"
                        + " modp2048), after the first %d and a warm-up of %d times as many as are measured.%n",
                runs, sas, first(sas), WARM_UP_FACTOR);
    }

    private static int first(int sas) {
        return Math.min(FIRST, sas);
    }

    private static Result measure(Responder responder, Scenario scenario) throws Exception {
        try (Lab lab = Lab.open()) {
            Netns[] ends = Responder.cable(lab);
            IkeDaemon daemon = responder.start(ends[1], scenario);
            Command.of("taskset", "-a", "-c", "-p", "0", Long.toString(daemon.pid()))
                    .run();
            int first = first(scenario.sas());
            int warmUp = scenario.sas() * WARM_UP_FACTOR;
            RunningProcess initiator = initiator(ends[0], scenario, first + warmUp + scenario.sas());
            double cold = cpuSeconds(daemon);
            establish(initiator, first);
            double firstMicros = (cpuSeconds(daemon) - cold) * 1e6 / first;
            OptionalLong liveBefore = responder.liveBytes(daemon);
            ProcessFigures empty = ProcessFigures.of(daemon.pid());
            establish(initiator, warmUp);
            ProcessFigures before = ProcessFigures.of(daemon.pid());
            double seconds = establish(initiator, scenario.sas());
            ProcessFigures after = ProcessFigures.of(daemon.pid());
            OptionalLong liveAfter = responder.liveBytes(daemon);
            int more = warmUp + scenario.sas();
            double live =
                    liveAfter.isEmpty() ? Double.NaN : (liveAfter.getAsLong() - liveBefore.orElse(0)) / 1024.0 / more;
            return new Result(
                    firstMicros,
                    (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / scenario.sas(),
                    scenario.sas() / seconds,
                    (double) (after.residentKilobytes() - empty.residentKilobytes()) / more,
                    live);
        }
    }

    private static double cpuSeconds(IkeDaemon daemon) throws IOException {
        return ProcessFigures.of(daemon.pid()).cpuSeconds();
    }

    private static RunningProcess initiator(Netns netns, Scenario scenario, int sas) {
        Path folder = netns.lab().newFolder("initiator");
        scenario.initiator().forEach((name, text) -> Lab.write(folder.resolve(name), text));
        List<String> command = List.of(
                "taskset",
                "-c",
                "1",
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Initiator.class.getName(),
                folder.toString(),
                Scenario.INITIATOR_ADDRESS,
                Integer.toString(sas));
        RunningProcess initiator =
                netns.lab().own(RunningProcess.startListening("initiator", netns.commandLine(command), Map.of()));
        initiator.await("^" + Initiator.READY, LIMIT);
        return initiator;
    }

    /** @return seconds from the first request to the last SA */
    private static double establish(RunningProcess initiator, int sas) {
        int before = initiator.printed();
        initiator.tell(Integer.toString(sas));
        String line = initiator.awaitAfter(before, "^established", LIMIT);
        initiator.awaitAfter(before, "^complete", LIMIT);
        return Double.parseDouble(line.replaceAll(".* in ([0-9.]+) s.*", "$1"));
    }

    private static void print(Scenario scenario, Responder responder, List<Result> results) {
        System.out.printf(
                ROW,
                scenario.name(),
                responder.title(),
                Spread.of(results, Result::firstMicros).text("%.0f"),
                Spread.of(results, Result::cpuMicros).text("%.0f"),
                Spread.of(results, Result::rate).text("%.0f"),
                median(Spread.of(results, Result::residentKilobytes)),
                median(Spread.of(results, Result::liveKilobytes)));
    }

    /** Ours as a part of strongSwan's. */
    private static void compare(Map<Responder, List<Result>> results) {
        System.out.printf(
                ROW,
                "",
                "ratio",
                ratio(results, Result::firstMicros),
                ratio(results, Result::cpuMicros),
                ratio(results, Result::rate),
                ratio(results, Result::residentKilobytes),
                "");
    }

    private static String ratio(Map<Responder, List<Result>> results, ToDoubleFunction<Result> figure) {
        double ours = Spread.of(results.getOrDefault(Responder.IKEBANA, List.of()), figure)
                .median();
        double theirs = Spread.of(results.getOrDefault(Responder.STRONGSWAN, List.of()), figure)
                .median();
        return "%.2f".formatted(ours / theirs);
    }

    private static String median(Spread spread) {
        return Double.isNaN(spread.median()) ? "-" : "%.1f".formatted(spread.median());
    }
}
