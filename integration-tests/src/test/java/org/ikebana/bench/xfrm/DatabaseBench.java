package org.ikebana.bench.xfrm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ikebana.bench.machine.Findings;
import org.ikebana.bench.machine.Machine;
import org.ikebana.bench.machine.Spread;
import org.ikebana.bench.xfrm.Contestant.Operation;
import org.ikebana.bench.xfrm.Contestant.Table;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.it.process.Command;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.xfrm.XfrmBackend;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;

/** Policies and SAs by the thousand, in the namespace that it is started in, which must be empty; both take turns. */
public final class DatabaseBench {
    /** Exit status where only policies could be measured. */
    private static final int NO_ESP = 3;

    private static final String ROW = "%-9s %-10s %-24s %-24s %s%n";

    private final XfrmBackend kernel;
    private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

    private DatabaseBench(XfrmBackend kernel) {
        this.kernel = kernel;
    }

    /** @param arguments how many entries, and how many runs */
    public static void main(String[] arguments) throws Exception {
        if (!run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.exit(NO_ESP);
        }
    }

    /** False where SAs had to be left out. */
    private static boolean run(int count, int runs) throws Exception {
        Path folder = Files.createTempDirectory("ikebana-bench");
        try (XfrmBackend kernel = XfrmBackend.open();
                NetlinkClient<XfrmMessage> messages = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            Machine.describeItself();
            System.out.print(Command.of("ip", "-V").run());
            System.out.println(kernel.capabilities().description());
            List<Contestant> contestants = List.of(new IpBatch(folder), new Ikebana(kernel, messages));
            DatabaseBench bench = new DatabaseBench(kernel);
            System.out.printf("%n%d entries, %d runs, milliseconds: min / median / max%n%n", count, runs);
            System.out.printf(ROW, "table", "operation", "ip -batch", "Ikebana", "times as fast");
            bench.compare(Table.POLICIES, contestants, count, runs);
            if (kernel.capabilities().esp()) {
                bench.compare(Table.SAS, contestants, count, runs);
            } else {
                System.out.println("SAs are left out: " + kernel.capabilities().espReason());
            }
            return kernel.capabilities().esp();
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** The first run is for warming up. */
    private void compare(Table table, List<Contestant> contestants, int count, int runs) throws Exception {
        List<Contestant> order = new ArrayList<>(contestants);
        for (int run = 0; run <= runs; run++) {
            for (Contestant contestant : order) {
                for (Operation operation : contestant.operations(table, count)) {
                    measure(table, contestant, operation);
                }
            }
            if (run == 0) { // a daemon has been running for longer than that, and files are in memory
                milliseconds.clear();
            }
            Collections.rotate(order, 1);
        }
        String name = table.name().toLowerCase(Locale.ROOT);
        for (String operation : List.of("add", "list", "delete", "flush")) {
            Spread theirs = spread(contestants.getFirst(), table, operation);
            Spread ours = spread(contestants.getLast(), table, operation);
            System.out.printf(
                    ROW,
                    name,
                    operation,
                    theirs.text("%.1f"),
                    ours.text("%.1f"),
                    "%.1f".formatted(theirs.median() / ours.median()));
            Findings.add(
                    "%d %s: ms to %s, theirs is ip -batch".formatted(count, name, operation), "%.1f", ours, theirs, "");
        }
    }

    private void measure(Table table, Contestant contestant, Operation operation) throws Exception {
        long start = System.nanoTime();
        operation.work().run();
        double taken = (System.nanoTime() - start) / 1e6;
        KernelSnapshot snapshot = kernel.snapshot();
        int left = table == Table.POLICIES
                ? snapshot.policies().size()
                : snapshot.sas().size();
        if (left != operation.left()) {
            throw new IllegalStateException("%s, %s: %d entries, not %d"
                    .formatted(contestant.name(), operation.name(), left, operation.left()));
        }
        milliseconds
                .computeIfAbsent(key(contestant, table, operation.name()), k -> new ArrayList<>())
                .add(taken);
    }

    private Spread spread(Contestant contestant, Table table, String operation) {
        return Spread.of(milliseconds.getOrDefault(key(contestant, table, operation), List.of()), taken -> taken);
    }

    private static String key(Contestant contestant, Table table, String operation) {
        return String.join("/", Arrays.asList(contestant.name(), table.name(), operation));
    }
}
