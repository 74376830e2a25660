package org.ikebana.daemon.control;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ikebana reload}. */
@Command(
        name = "reload",
        description = {
            "Has the daemon read its configuration again.",
            "What has not changed stays up, with its SPIs; mistakes are told, and leave everything as it was."
        })
public final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Override
    public Integer call() throws IOException {
        try (ViciClient daemon = socket.connect()) {
            DaemonSocket.required(daemon.request("reload-settings", Message.EMPTY));
            return 0;
        }
    }
}
