package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana log-level}. */
@Command(
        name = "log-level",
        description = {
            "Shows how much the parts of the daemon log, and changes that until the next reload.",
            "'ikebana log-level net=debug' shows each IKE message that comes or goes; all=debug is for all parts."
        })
public final class LogLevelCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "PART=LEVEL",
            description = "A part, or all, and its level: error, warn, info, debug or trace.")
    private Map<String, String> levels = new LinkedHashMap<>();

    @Option(names = "--reset", description = "First back to what ikebana.conf says.")
    private boolean reset;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        MessageBuilder wanted = Message.with();
        levels.forEach(wanted::put);
        Message request =
                Message.with().putIf("reset", reset).section("levels", wanted).build();
        try (ViciClient daemon = socket.connect()) {
            for (Element.Section told :
                    DaemonSocket.required(daemon.request("log-level", request)).sections()) {
                told.content()
                        .elements()
                        .forEach(level -> out.printf(
                                "%-8s %s%n",
                                level.name(), told.content().text(level.name()).orElse("")));
            }
            out.flush();
            return 0;
        }
    }
}
