package org.ikebana.vici.command;

import java.util.List;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.vici.wire.Message;

/** {@code version}, {@code reload-settings}. */
public final class DaemonCommands {
    private DaemonCommands() {}

    public static List<Command> commands(DaemonControl daemon) {
        return List.of(
                SimpleCommand.of("version", request -> version(daemon.facts())),
                SimpleCommand.of("reload-settings", request -> reload(daemon)));
    }

    private static Message version(DaemonFacts facts) {
        String machine = System.getProperty("os.arch");
        return Message.with()
                .put("daemon", "ikebana")
                .put("version", facts.version())
                .put("sysname", System.getProperty("os.name"))
                .put("release", System.getProperty("os.version"))
                .put("machine", machine.equals("amd64") ? "x86_64" : machine)
                .build();
    }

    private static Message reload(DaemonControl daemon) throws InterruptedException {
        try {
            daemon.reload();
            return Answer.success();
        } catch (ReloadException e) {
            return Answer.failure(String.valueOf(e.getMessage()));
        }
    }
}
