package org.ikebana.daemon.control;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ikebana rekey}. */
@Command(name = "rekey", description = "Gives a tunnel, or with no child named the IKE SA, fresh keys now.")
public final class RekeyCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Parameters(paramLabel = "CONNECTION[/CHILD]", converter = TunnelName.Converter.class, description = "Which.")
    private TunnelName name = new TunnelName("", Optional.empty());

    @Option(names = "--reauth", description = "Have both ends prove anew who they are, instead.")
    private boolean reauth;

    @Override
    public Integer call() throws IOException {
        try (ViciClient daemon = socket.connect()) {
            MessageBuilder request = Message.with().putIf("reauth", reauth);
            name.child()
                    .ifPresentOrElse(
                            child -> request.put("ike", name.connection()).put("child", child),
                            () -> request.put("ike", name.connection()));
            DaemonSocket.required(daemon.request("rekey", request.build()));
            return 0;
        }
    }
}
