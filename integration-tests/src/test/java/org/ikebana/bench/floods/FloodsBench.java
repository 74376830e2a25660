package org.ikebana.bench.floods;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.ikebana.bench.machine.Findings;
import org.ikebana.bench.machine.LoadGenerator;
import org.ikebana.bench.machine.Machine;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.bench.machine.Spread;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.RunningProcess;

/**
 * {@code integration-tests/bench floods}: a responder on CPU 0 under a flood of IKE_SA_INIT requests from 65,536 addresses, sent
 * on CPU 1. What an answer costs it, and how genuine peers fare that come meanwhile. The responders take turns.
 */
public final class FloodsBench {
    private static final String ROW = "%-12s %20s %20s %22s %22s %22s %16s %22s %18s%n";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int FEW = 20_000;
    private static final int ARRIVALS = 100;

    private final int seconds;
    private final int rate;
    private final int peers;
    private final Optional<Path> profile;

    private FloodsBench(int seconds, int rate, int peers, Optional<Path> profile) {
        this.seconds = seconds;
        this.rate = rate;
        this.peers = peers;
        this.profile = profile;
    }

    /** @param arguments runs, seconds a flood, requests a second, genuine peers, a file for a profile of Ikebana alone or {@code -} */
    public static void main(String[] arguments) throws Exception {
        Optional<Path> profile = Optional.of(arguments[4])
                .filter(file -> !file.equals("-"))
                .map(file -> Path.of(file).toAbsolutePath());
        new FloodsBench(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        profile)
                .run(Integer.parseInt(arguments[0]));
    }

    private void run(int runs) throws Exception {
        Machine.describe();
        System.out.printf(
                ROW,
                "responder",
                "CPU us at 20000/s",
                "CPU us at full rate",
                "requests/s",
                "answers/s",
                "unread/s",
                "peers up",
                "longest wait, ms",
                "median, ms");
        Map<Target, List<FloodFigures>> figures = new EnumMap<>(Target.class);
        List<Target> targets = profile.isPresent() ? List.of(Target.IKEBANA) : Target.all();
        for (int run = 0; run < runs; run++) {
            for (Target target : targets) {
                try (Lab lab = Lab.open()) {
                    figures.computeIfAbsent(target, t -> new ArrayList<>()).add(measure(lab, target));
                }
            }
        }
        figures.forEach((target, all) -> System.out.printf(
                ROW,
                target.title(),
                Spread.of(all, FloodFigures::microsAtTwenty).text("%.1f"),
                Spread.of(all, FloodFigures::micros).text("%.1f"),
                Spread.of(all, FloodFigures::offered).text("%.0f"),
                Spread.of(all, FloodFigures::answered).text("%.0f"),
                Spread.of(all, FloodFigures::unread).text("%.0f"),
                Spread.of(all, FloodFigures::up).text("%.0f"),
                Spread.of(all, FloodFigures::longestMillis).text("%.0f"),
                Spread.of(all, FloodFigures::medianMillis).text("%.1f")));
        if (targets.size() > 1) {
            add(figures, "flood: CPU us an answer at 20000/s", FloodFigures::microsAtTwenty, "0.50");
            add(figures, "flood: CPU us an answer at full rate", FloodFigures::micros, "0.50");
            add(figures, "flood: of %d genuine peers up".formatted(peers), FloodFigures::up, "");
            add(figures, "flood: longest wait of a genuine peer, ms", FloodFigures::longestMillis, "");
        }
        System.out.printf(
                "CPU of the responder an answer; min / median / max of %d runs of %d s; %d genuine peers, %d a second.%n",
                runs, seconds, peers, ARRIVALS);
    }

    private static void add(
            Map<Target, List<FloodFigures>> figures, String name, ToDoubleFunction<FloodFigures> figure, String aim)
            throws IOException {
        Findings.add(
                name,
                "%.1f",
                Spread.of(figures.getOrDefault(Target.IKEBANA, List.of()), figure),
                Spread.of(figures.getOrDefault(Target.STRONGSWAN, List.of()), figure),
                aim);
    }

    private FloodFigures measure(Lab lab, Target target) throws IOException {
        Netns others = Netns.create(lab, "others");
        Netns own = Netns.create(lab, "responder");
        others.ip(
                "link set dev lo up",
                others.cable("wan", own, "wan"),
                "address add " + FloodFiles.OTHERS + "/24 dev wan",
                "route add local " + FloodFiles.INVENTED_NET + " dev lo",
                "route add local " + FloodFiles.GENUINE_NET + " dev lo");
        own.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + FloodFiles.RESPONDER + "/24 dev wan",
                "address add 10.0.0.1/32 dev lo",
                "route add default via " + FloodFiles.OTHERS);
        IkeDaemon daemon = target.start(own);
        Command.of("taskset", "-a", "-c", "-p", "0", Long.toString(daemon.pid()))
                .run();
        Path folder = lab.newFolder("genuine");
        Lab.write(folder.resolve("swanctl.conf"), FloodFiles.genuine(peers + ARRIVALS));
        RunningProcess genuine = LoadGenerator.start(others, Genuine.class, Genuine.READY, LIMIT, folder.toString());
        RunningProcess flooder = LoadGenerator.start(others, Flooder.class, Flooder.READY, LIMIT);

        tell(genuine, "0 %d %d".formatted(ARRIVALS, ARRIVALS), "^up"); // nobody's code is cold
        flood(flooder, FEW, 2 * seconds);
        flood(flooder, rate, seconds);
        double few = cost(daemon, flooder, FEW);
        profile.ifPresent(file -> Command.of("jcmd", Long.toString(daemon.pid()), "JFR.start", "settings=profile")
                .run());
        UdpCounters before = UdpCounters.of(daemon.pid());
        double cpuBefore = ProcessFigures.of(daemon.pid()).cpuSeconds();
        String[] sent = flood(flooder, rate, seconds).split(" ");
        double cpu = ProcessFigures.of(daemon.pid()).cpuSeconds() - cpuBefore;
        UdpCounters counted = UdpCounters.of(daemon.pid()).since(before);
        profile.ifPresent(file -> Command.of("jcmd", Long.toString(daemon.pid()), "JFR.dump", "filename=" + file)
                .run());
        double offered = Double.parseDouble(sent[1]) / Double.parseDouble(sent[3]);

        flooder.tell(rate + " " + (peers / ARRIVALS + 2 * seconds));
        String[] wait = tell(genuine, "%d %d %d".formatted(ARRIVALS, peers, ARRIVALS), "^up")
                .split(" ");
        daemon.kill();
        return new FloodFigures(
                few,
                cpu * 1e6 / counted.out(),
                offered,
                counted.out() / Double.parseDouble(sent[3]),
                counted.lost() / Double.parseDouble(sent[3]),
                Integer.parseInt(wait[1]),
                Double.parseDouble(wait[3]),
                Double.parseDouble(wait[5]));
    }

    private double cost(IkeDaemon daemon, RunningProcess flooder, int requests) throws IOException {
        UdpCounters before = UdpCounters.of(daemon.pid());
        double cpuBefore = ProcessFigures.of(daemon.pid()).cpuSeconds();
        flood(flooder, requests, seconds);
        double cpu = ProcessFigures.of(daemon.pid()).cpuSeconds() - cpuBefore;
        return cpu * 1e6 / UdpCounters.of(daemon.pid()).since(before).out();
    }

    private static String flood(RunningProcess flooder, int requests, int seconds) {
        return tell(flooder, requests + " " + seconds, "^sent");
    }

    private static String tell(RunningProcess program, String command, String answer) {
        int before = program.printed();
        program.tell(command);
        return program.awaitAfter(before, answer, LIMIT);
    }
}
