package org.ikebana.daemon.xfrm;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmStat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana xfrm stat}. */
@Command(
        name = "stat",
        description = "Says how many packets IPsec has dropped since the machine started, why, and what to look at.")
final class StatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--all", description = "With the counters that are 0.")
    private boolean all;

    @Option(names = "--json", description = "All of them, as a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws UnreadableKernelException {
        PrintWriter out = spec.commandLine().getOut();
        XfrmStat stat = stat();
        if (json) {
            out.println(Json.text(generator -> {
                generator.writeStartObject();
                for (Map.Entry<String, Long> counter : stat.counts().entrySet()) {
                    generator.writeNumberField(counter.getKey(), counter.getValue());
                }
                generator.writeEndObject();
            }));
        } else {
            stat.counts().forEach((label, count) -> {
                if (all || count != 0) {
                    out.println(line(label, count));
                }
            });
        }
        out.flush();
        return 0;
    }

    static XfrmStat stat() throws UnreadableKernelException {
        try {
            return XfrmStat.read();
        } catch (IOException e) {
            throw new UnreadableKernelException(e);
        }
    }

    /** {@code XfrmInNoStates 3: no SA has the packet's SPI, protocol and destination (the peer uses …)}. */
    static String line(String label, long count) {
        return label + " " + count
                + XfrmCounter.labelled(label)
                        .map(counter -> ": " + counter.meaning() + " (" + counter.remedy() + ")")
                        .orElse("");
    }
}
