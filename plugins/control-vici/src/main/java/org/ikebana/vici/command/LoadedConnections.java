package org.ikebana.vici.command;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.vici.wire.Message;

/** {@code get-conns}, {@code unload-conn}: connections that have come by commands. */
public final class LoadedConnections {
    private LoadedConnections() {}

    public static List<Command> commands(DaemonControl daemon) {
        return List.of(
                SimpleCommand.of(
                        "get-conns",
                        request -> Message.with()
                                .list("conns", daemon.loaded().stream().sorted().toList())
                                .build()),
                SimpleCommand.of("unload-conn", request -> unload(daemon, request)));
    }

    private static Message unload(DaemonControl daemon, Message request) {
        Optional<String> name = request.text("name");
        if (name.isEmpty()) {
            return Answer.failure("unload: missing connection name");
        }
        return daemon.unload(name.get())
                ? Answer.success()
                : Answer.failure("unload: connection '" + name.get() + "' not found");
    }
}
