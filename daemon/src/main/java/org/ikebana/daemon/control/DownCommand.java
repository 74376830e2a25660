package org.ikebana.daemon.control;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ikebana down}. */
@Command(
        name = "down",
        description =
                "Takes a connection down with all its tunnels, or one of them, and tells the peer; it stays down.")
public final class DownCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Parameters(paramLabel = "CONNECTION[/CHILD]", converter = TunnelName.Converter.class, description = "Which.")
    private TunnelName name = new TunnelName("", Optional.empty());

    @Override
    public Integer call() throws IOException {
        try (ViciClient daemon = socket.connect()) {
            MessageBuilder request = Message.with().put("ike", name.connection());
            name.child().ifPresent(child -> request.put("child", child));
            DaemonSocket.required(daemon.request("terminate", request.build()));
            return 0;
        }
    }
}
