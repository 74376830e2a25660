package org.ikebana.vici.command;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.vici.wire.Message;

/** {@code version}, {@code reload-settings}, {@code flush-certs}. */
public final class DaemonCommands {
    private static final Set<String> FLUSHED = Set.of("ANY", "X509_CRL", "OCSP_RESPONSE");

    private DaemonCommands() {}

    public static List<Command> commands(DaemonControl daemon) {
        return List.of(
                SimpleCommand.of("version", request -> version(daemon.facts())),
                SimpleCommand.of("reload-settings", request -> reload(daemon)),
                SimpleCommand.of("flush-certs", request -> flush(daemon, request)));
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

    /** Only what has been fetched about revocation is kept for a while; whichever of the two is named, both go. */
    private static Message flush(DaemonControl daemon, Message request) {
        String type = request.text("type").orElse("ANY").toUpperCase(Locale.ROOT);
        if (FLUSHED.contains(type)) {
            daemon.tell(IkeEngine::flushRevocations);
        }
        return Answer.success();
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
