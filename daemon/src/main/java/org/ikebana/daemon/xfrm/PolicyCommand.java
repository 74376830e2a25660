package org.ikebana.daemon.xfrm;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana xfrm policy}. */
@Command(
        name = "policy",
        description = {
            "Lists the kernel's policies, everybody's, for each direction in the order in which they count.",
            "In brackets stands whose they are, as far as that can be told."
        })
final class PolicyCommand implements Callable<Integer> {
    /** Of equal priorities the older counts, which the kernel tells later. */
    private static final Comparator<PolicyEntry> AS_THEY_COUNT = Comparator.comparing(PolicyEntry::direction)
            .thenComparing(policy -> policy.info().priority(), Integer::compareUnsigned);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--sockets",
            description = "With the policies that sockets have set for themselves, as IKE daemons do.")
    private boolean sockets;

    @Override
    public Integer call() throws UnreadableKernelException {
        PrintWriter out = spec.commandLine().getOut();
        XfrmTables tables = StateCommand.tables(Keys.WIPED);
        ConnectionNames names = output.names(tables, spec);
        List<PolicyEntry> policies = tables.policies().reversed().stream()
                .filter(policy -> sockets || !policy.isOfSocket())
                .sorted(AS_THEY_COUNT)
                .toList();
        if (output.json) {
            PolicyJson json = new PolicyJson(names);
            out.println(Json.text(Json.array(policies.stream().map(json::of).toList())));
        } else {
            PolicyText text = new PolicyText(names);
            policies.forEach(policy -> out.print(text.of(policy)));
        }
        out.flush();
        return 0;
    }
}
