package org.ikebana.daemon.xfrm;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana xfrm state}. */
@Command(
        name = "state",
        description = {
            "Lists the kernel's SAs, everybody's.",
            "In brackets stands whose they are, as far as that can be told."
        })
final class StateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--keys", description = "Shows the keys, too: whoever has them reads the traffic.")
    private boolean keys;

    @Override
    public Integer call() throws UnreadableKernelException {
        PrintWriter out = spec.commandLine().getOut();
        XfrmTables tables = tables(keys ? Keys.KEPT : Keys.WIPED);
        ConnectionNames names = output.names(tables, spec);
        if (output.json) {
            SaJson json = new SaJson(names, keys);
            out.println(Json.text(Json.array(tables.sas().stream().map(json::of).toList())));
        } else {
            SaText text = new SaText(names, keys, Instant.now());
            tables.sas().forEach(sa -> out.print(text.of(sa)));
        }
        out.flush();
        return 0;
    }

    static XfrmTables tables(Keys keys) throws UnreadableKernelException {
        try {
            return XfrmTables.read(keys);
        } catch (IOException e) {
            throw new UnreadableKernelException(e);
        }
    }
}
