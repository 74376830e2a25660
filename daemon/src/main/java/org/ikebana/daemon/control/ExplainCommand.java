package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.client.ViciException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana explain}. */
@Command(
        name = "explain",
        description = {
            "Says why a connection's tunnels are not up, and what to do.",
            "What was offered and what is allowed, which line of the configuration to look at, and what to ask the other",
            "side's administrator.",
            "Exit status 1 if one that is to be up is not."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONNECTION", description = "Which.")
    private String connection = "";

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ViciClient daemon = socket.connect()) {
            List<TunnelStatus> tunnels = TunnelStatus.all(daemon).stream()
                    .filter(tunnel -> tunnel.connection().equals(connection))
                    .toList();
            if (tunnels.isEmpty()) {
                throw new ViciException(
                        "there is no connection " + connection + " with children: see 'ikebana status'");
            }
            tunnels.forEach(tunnel -> out.println(TunnelExplanation.of(tunnel)));
            out.flush();
            return tunnels.stream().anyMatch(TunnelStatus::isMissing) ? 1 : 0;
        }
    }
}
