package org.ikebana.bench.handshake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.ikebana.bench.machine.Findings;
import org.ikebana.bench.machine.Machine;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.bench.machine.Spread;
import org.ikebana.bench.machine.ThreadFigures;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.process.Command;

/**
 * Prints a table: each responder in each scenario, several runs, the responders taking turns. Responder pinned to CPU
 * 0, initiator (the same engine for both) to CPU 1. The first SAs after the start are measured apart; then come rounds of
 * as many, with all SAs deleted after each, until no compiler is at work any more. What counts begins as the first ones did,
 * with no SA.
 */
public final class HandshakeBench {
    private static final String ROW = "%-21s %-10s %19s %8s %19s %22s %10s%n";
    private static final int LEAST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 60;
    private static final int RECORDED_ROUNDS = 5;

    /** The part of the CPU for compiling at which it is warm. */
    private static final double WARM = 0.03;

    /** For so many rounds in a row: between two methods worth 100 us a handshake each the compiler may have nothing to do for one. */
    private static final int WARM_ROUNDS = 3;

    private final int sas;
    private final int runs;
    private final Optional<Path> profile;

    private HandshakeBench(int sas, int runs, Optional<Path> profile) {
        this.sas = sas;
        this.runs = runs;
        this.profile = profile;
    }

    /**
     * @param firstMicros CPU of the responder, a handshake, in the first ones after its start
     * @param rounds until it was warm
     * @param cpuMicros the same then
     * @param rate handshakes a second then, as the initiator counts them
     * @param liveKilobytes growth of the live heap, an SA
     */
    private record Result(double firstMicros, int rounds, double cpuMicros, double rate, double liveKilobytes) {}

    /**
     * @param arguments SAs a run; runs; a file for a profile of Ikebana, which is then alone, or {@code -}; parts of the names
     *     of scenarios, if not all are wanted
     */
    public static void main(String[] arguments) throws Exception {
        Optional<Path> profile = Optional.of(arguments[2])
                .filter(file -> !file.equals("-"))
                .map(file -> Path.of(file).toAbsolutePath());
        List<String> names = List.of(arguments).subList(3, arguments.length);
        new HandshakeBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), profile).run(names);
    }

    private void run(List<String> names) throws Exception {
        Machine.describe();
        System.out.printf(
                ROW,
                "scenario",
                "responder",
                "CPU us, first",
                "rounds",
                "CPU us, warm",
                "handshakes/s, warm",
                "heap kB");
        for (Scenario scenario : Scenario.all(sas)) {
            if (!names.isEmpty() && names.stream().noneMatch(scenario.name()::contains)) {
                continue;
            }
            if (!scenario.strongSwan().isThere()) {
                System.out.println(scenario.missing());
                continue;
            }
            List<Responder> responders = profile.isPresent() ? List.of(Responder.IKEBANA) : Responder.both();
            Map<Responder, List<Result>> results = new EnumMap<>(Responder.class);
            for (int run = 0; run < runs; run++) {
                for (Responder responder : responders) {
                    results.computeIfAbsent(responder, any -> new ArrayList<>()).add(measure(responder, scenario));
                }
            }
            results.forEach((responder, measured) -> print(scenario, responder, measured));
            if (responders.size() > 1) {
                compare(scenario, results);
            }
        }
        System.out.printf(
                "CPU of the responder a handshake, live heap an SA; min / median / max of %d runs of %d SAs (a quarter with"
                        + " modp2048): the first ones after the start, and once so many rounds of them have left the compiler nothing to do (%d at"
                        + " most).%n",
                runs, sas, MOST_ROUNDS);
    }

    private Result measure(Responder responder, Scenario scenario) throws Exception {
        try (Lab lab = Lab.open()) {
            Netns[] ends = Responder.cable(lab);
            IkeDaemon daemon = responder.start(ends[1], scenario);
            Command.of("taskset", "-a", "-c", "-p", "0", Long.toString(daemon.pid()))
                    .run();
            int sas = scenario.sas();
            Load load = Load.start(ends[0], scenario, sas * (MOST_ROUNDS + RECORDED_ROUNDS + 2));
            double cold = cpuSeconds(daemon);
            ThreadFigures threadsAtStart = ThreadFigures.of(daemon.pid());
            load.establish(sas);
            showThreads("first", sas, ThreadFigures.of(daemon.pid()).since(threadsAtStart));
            double firstMicros = (cpuSeconds(daemon) - cold) * 1e6 / sas;
            int rounds = warmUp(daemon, load, sas);
            load.clear();
            OptionalLong liveBefore = responder.liveBytes(daemon);
            ProcessFigures before = ProcessFigures.of(daemon.pid());
            ThreadFigures threadsBefore = ThreadFigures.of(daemon.pid());
            double seconds = load.establish(sas);
            ProcessFigures after = ProcessFigures.of(daemon.pid());
            showThreads("warm", sas, ThreadFigures.of(daemon.pid()).since(threadsBefore));
            OptionalLong liveAfter = responder.liveBytes(daemon);
            double live =
                    liveAfter.isEmpty() ? Double.NaN : (liveAfter.getAsLong() - liveBefore.orElse(0)) / 1024.0 / sas;
            record(daemon, load, sas);
            double micros = (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / sas;
            return new Result(firstMicros, rounds, micros, sas / seconds, live);
        }
    }

    /** Where a profile is wanted: of more rounds, after what is measured, as recording takes CPU itself. */
    private void record(IkeDaemon daemon, Load load, int sas) throws IOException {
        if (profile.isPresent()) {
            String pid = Long.toString(daemon.pid());
            Command.of("jcmd", pid, "JFR.start", "settings=profile", "jdk.ExecutionSample#period=1ms")
                    .run();
            for (int round = 0; round < RECORDED_ROUNDS; round++) {
                load.clear();
                load.establish(sas);
            }
            Command.of("jcmd", pid, "JFR.dump", "filename=" + profile.get()).run();
        }
    }

    /** @return after how many rounds it was warm */
    private static int warmUp(IkeDaemon daemon, Load load, int sas) throws IOException {
        int warm = 0;
        for (int round = 1; round < MOST_ROUNDS; round++) {
            load.clear();
            ThreadFigures before = ThreadFigures.of(daemon.pid());
            load.establish(sas);
            Map<String, Double> used = ThreadFigures.of(daemon.pid()).since(before);
            double compilers = used.entrySet().stream()
                    .filter(thread -> thread.getKey().contains("Compiler"))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            double all = used.values().stream().mapToDouble(cpu -> cpu).sum();
            warm = compilers < WARM * all ? warm + 1 : 0;
            if (round >= LEAST_ROUNDS && warm >= WARM_ROUNDS) {
                return round;
            }
        }
        return MOST_ROUNDS;
    }

    /** Where a profile is wanted: each thread's part of the CPU a handshake. */
    private void showThreads(String phase, int sas, Map<String, Double> seconds) {
        if (profile.isPresent()) {
            System.out.println(seconds.entrySet().stream()
                    .map(thread -> "%s %.0f".formatted(thread.getKey(), thread.getValue() * 1e6 / sas))
                    .filter(text -> !text.endsWith(" 0"))
                    .collect(Collectors.joining(", ", phase + ", us by thread: ", "")));
        }
    }

    private static double cpuSeconds(IkeDaemon daemon) throws IOException {
        return ProcessFigures.of(daemon.pid()).cpuSeconds();
    }

    private static void print(Scenario scenario, Responder responder, List<Result> results) {
        System.out.printf(
                ROW,
                scenario.name(),
                responder.title(),
                Spread.of(results, Result::firstMicros).text("%.0f"),
                "%.0f".formatted(Spread.of(results, Result::rounds).median()),
                Spread.of(results, Result::cpuMicros).text("%.0f"),
                Spread.of(results, Result::rate).text("%.0f"),
                median(Spread.of(results, Result::liveKilobytes)));
    }

    /** Ours as a part of strongSwan's. */
    private static void compare(Scenario scenario, Map<Responder, List<Result>> results) throws IOException {
        System.out.printf(
                ROW,
                "",
                "ratio",
                ratio(results, Result::firstMicros),
                "",
                ratio(results, Result::cpuMicros),
                ratio(results, Result::rate),
                "");
        String name = scenario.name() + ": CPU us a handshake, ";
        add(name + "first", results, Result::firstMicros, "");
        add(name + "warm", results, Result::cpuMicros, scenario.aim());
    }

    private static void add(
            String figure, Map<Responder, List<Result>> results, ToDoubleFunction<Result> value, String aim)
            throws IOException {
        Findings.add(
                figure,
                "%.0f",
                spread(results, Responder.IKEBANA, value),
                spread(results, Responder.STRONGSWAN, value),
                aim);
    }

    private static String ratio(Map<Responder, List<Result>> results, ToDoubleFunction<Result> figure) {
        double ours = spread(results, Responder.IKEBANA, figure).median();
        double theirs = spread(results, Responder.STRONGSWAN, figure).median();
        return "%.2f".formatted(ours / theirs);
    }

    private static Spread spread(
            Map<Responder, List<Result>> results, Responder responder, ToDoubleFunction<Result> figure) {
        return Spread.of(results.getOrDefault(responder, List.of()), figure);
    }

    private static String median(Spread spread) {
        return Double.isNaN(spread.median()) ? "-" : "%.1f".formatted(spread.median());
    }
}
