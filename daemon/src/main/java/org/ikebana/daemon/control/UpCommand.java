package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.client.ViciException;
import org.ikebana.vici.wire.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana up}. */
@Command(name = "up", description = "Brings a connection's tunnels up, or one of them, and shows how it goes.")
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONNECTION[/CHILD]", converter = TunnelName.Converter.class, description = "Which.")
    private TunnelName name = new TunnelName("", Optional.empty());

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long to wait for each; the daemon goes on trying after that (default: ${DEFAULT-VALUE}).")
    private int timeout = 30;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ViciClient daemon = socket.connect()) {
            for (TunnelStatus tunnel : wanted(daemon)) {
                if (tunnel.isUp()) {
                    out.println(tunnel.name() + " is up already");
                    continue;
                }
                Message request = Message.with()
                        .put("ike", name.connection())
                        .put("child", tunnel.child())
                        .put("timeout", timeout * 1000L)
                        .put("loglevel", 1)
                        .build();
                DaemonSocket.required(daemon.stream("initiate", request, "control-log", line -> {
                    out.println(line.text("msg").orElse(""));
                    out.flush();
                }));
                out.println(tunnel.name() + " is up");
            }
            out.flush();
            return 0;
        }
    }

    private List<TunnelStatus> wanted(ViciClient daemon) throws IOException {
        List<TunnelStatus> tunnels = TunnelStatus.all(daemon).stream()
                .filter(tunnel -> tunnel.connection().equals(name.connection())
                        && name.child()
                                .filter(child -> !child.equals(tunnel.child()))
                                .isEmpty())
                .toList();
        if (tunnels.isEmpty()) {
            throw new ViciException("there is no tunnel " + name.connection()
                    + name.child().map(child -> "/" + child).orElse("") + ": see 'ikebana status'");
        }
        return tunnels;
    }
}
