package org.ikebana.bench.tunnels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ikebana.bench.machine.Findings;
import org.ikebana.bench.machine.Machine;
import org.ikebana.bench.machine.Spread;
import org.ikebana.it.lab.Lab;

/**
 * {@code integration-tests/bench tunnels}: one gateway with many tunnels to peers with addresses, identities and secrets of their
 * own. Ikebana begins with all after its start, is asked how they are, reloaded, has all down and up again, then has all come
 * from the peers, and is stopped. strongSwan has all come from the peers, to one connection. Gateway on CPU 0, peers on CPU 1.
 */
public final class TunnelsBench {
    private static final String ROW = "%-52s %24s%n";

    private final TunnelFiles files;
    private final int step;
    private final int runs;

    private TunnelsBench(int tunnels, int runs) {
        this.files = new TunnelFiles(tunnels);
        this.step = Math.min(1000, Math.max(1, tunnels / 4));
        this.runs = runs;
    }

    /** @param arguments tunnels, runs */
    public static void main(String[] arguments) throws Exception {
        new TunnelsBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws Exception {
        Machine.describe();
        List<IkebanaFigures> ours = new ArrayList<>();
        List<StrongSwanFigures> theirs = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            try (Lab lab = Lab.open()) {
                ours.add(new IkebanaTrial(lab, files, step).run());
                System.out.println(ours.getLast());
            }
            if (!StrongSwanTrial.isPossible()) {
                continue;
            }
            try (Lab lab = Lab.open()) {
                theirs.add(StrongSwanTrial.run(lab, files, step));
                System.out.println(theirs.getLast());
            }
        }
        System.out.printf(
                "%d tunnels, in steps of %d; min / median / max of %d runs; CPU is the gateway's a tunnel%n",
                files.tunnels(), step, runs);
        print(ours, "began, after the start", IkebanaFigures::cold);
        print(ours, "began, once warm", IkebanaFigures::warm);
        print(ours, "came from peers", IkebanaFigures::accepted);
        row(ours, "ikebana status, the first time, s", "%.2f", IkebanaFigures::statusSeconds);
        row(ours, "ikebana status, s", "%.2f", IkebanaFigures::statusAgainSeconds);
        row(ours, "swanctl --list-sas, s", "%.2f", IkebanaFigures::listSeconds);
        row(ours, "reload with 1 % changed, until these are up, s", "%.2f", IkebanaFigures::reloadSeconds);
        row(ours, "  CPU for it, s", "%.2f", IkebanaFigures::reloadCpu);
        row(ours, "  tunnels touched", "%.0f", IkebanaFigures::touched);
        row(ours, "liveness checks of all every 30 s, CPU %", "%.2f", IkebanaFigures::livenessPercent);
        row(ours, "live heap a tunnel, kB", "%.1f", IkebanaFigures::heapKilobytes);
        row(ours, "resident, MB", "%.0f", IkebanaFigures::residentMegabytes);
        row(ours, "shutdown, all peers told, s", "%.2f", IkebanaFigures::shutdownSeconds);
        String name = files.tunnels() + " tunnels: ";
        find(
                name + "CPU of the last step by the first, begun by the gateway, once warm",
                "%.2f",
                ours,
                f -> f.warm().lastByFirst(),
                "at most 1.2");
        find(name + "s for the first ikebana status", "%.2f", ours, IkebanaFigures::statusSeconds, "below 1");
        find(name + "s for ikebana status", "%.2f", ours, IkebanaFigures::statusAgainSeconds, "below 1");
        if (theirs.isEmpty()) {
            System.out.println("strongSwan: run integration-tests/load-tester first");
            return;
        }
        System.out.println("strongSwan, with one connection for all");
        print(theirs, "came from peers", StrongSwanFigures::accepted);
        row(theirs, "swanctl --list-sas, s", "%.2f", StrongSwanFigures::listSeconds);
        row(theirs, "resident, MB", "%.0f", StrongSwanFigures::residentMegabytes);
        Findings.add(
                name + "CPU of the last step by the first, tunnels come from peers",
                "%.2f",
                Spread.of(ours, figures -> figures.accepted().lastByFirst()),
                Spread.of(theirs, figures -> figures.accepted().lastByFirst()),
                "");
        Findings.add(
                name + "s for swanctl --list-sas",
                "%.2f",
                Spread.of(ours, IkebanaFigures::listSeconds),
                Spread.of(theirs, StrongSwanFigures::listSeconds),
                "");
    }

    private static void find(
            String name,
            String format,
            List<IkebanaFigures> figures,
            ToDoubleFunction<IkebanaFigures> figure,
            String aim)
            throws IOException {
        Findings.add(name, Spread.of(figures, figure).text(format), aim);
    }

    /** How steps of a trial are had. */
    private interface Part<T> {
        Steps of(T figures);
    }

    private <T> void print(List<T> figures, String what, Part<T> part) {
        row(
                figures,
                "tunnels that " + what + ": first step, us",
                "%.0f",
                f -> part.of(f).first());
        row(figures, "  second step, us", "%.0f", f -> part.of(f).second());
        row(figures, "  last step, us", "%.0f", f -> part.of(f).last());
        row(figures, "  last / first", "%.2f", f -> part.of(f).lastByFirst());
        row(figures, "  last / second", "%.2f", f -> part.of(f).lastBySecond());
        row(figures, "  all of them, s", "%.1f", f -> part.of(f).seconds());
    }

    private static <T> void row(List<T> figures, String what, String format, ToDoubleFunction<T> figure) {
        System.out.printf(ROW, what, Spread.of(figures, figure).text(format));
    }

    static double seconds(Task task) throws IOException {
        long start = System.nanoTime();
        task.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** What is timed. */
    interface Task {
        void run() throws IOException;
    }
}
