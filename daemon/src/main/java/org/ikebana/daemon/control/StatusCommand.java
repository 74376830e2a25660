package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.ikebana.daemon.json.Json;
import org.ikebana.vici.client.ViciClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana status}. */
@Command(
        name = "status",
        description = {
            "Shows how the tunnels are, a line each: state, since when, traffic, the next rekey, and why it has failed.",
            "Exit status 1 if one that is to be up is not."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final String CLEAR_SCREEN = "\033[H\033[2J";
    private static final int EVERY_SECONDS = 2;

    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "CONNECTION", description = "Only these.")
    private List<String> connections = List.of();

    @Option(names = "--json", description = "As JSON, an object each; times in seconds.")
    private boolean json;

    @Option(names = "--watch", description = "Again and again, every " + EVERY_SECONDS + " seconds, until Ctrl-C.")
    private boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (ViciClient daemon = socket.connect()) {
            while (true) {
                List<TunnelStatus> tunnels = TunnelStatus.all(daemon).stream()
                        .filter(tunnel -> connections.isEmpty() || connections.contains(tunnel.connection()))
                        .toList();
                out.println((watch && !json ? CLEAR_SCREEN : "") + text(tunnels));
                out.flush();
                if (!watch) {
                    return tunnels.stream().anyMatch(TunnelStatus::isMissing) ? 1 : 0;
                }
                TimeUnit.SECONDS.sleep(EVERY_SECONDS);
            }
        }
    }

    private String text(List<TunnelStatus> tunnels) {
        if (json) {
            return Json.text(Json.array(tunnels.stream().map(TunnelStatus::json).toList()));
        }
        return tunnels.isEmpty()
                ? "no tunnels: the configuration has no children"
                        + (connections.isEmpty() ? "" : " of these connections")
                : new StatusTable(System.console() != null ? Ansi.AUTO : Ansi.OFF).text(tunnels);
    }
}
