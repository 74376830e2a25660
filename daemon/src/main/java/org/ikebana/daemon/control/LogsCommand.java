package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana logs}. */
@Command(
        name = "logs",
        description = {
            "Shows the last lines of the daemon's log, up to 500, and with --follow those to come.",
            "More of a part of the daemon is logged after 'ikebana log-level'."
        })
public final class LogsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is logged from now on, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--connection", paramLabel = "CONNECTION", description = "Only what is about this one.")
    private Optional<String> connection = Optional.empty();

    @Option(
            names = "--subsystem",
            paramLabel = "PART",
            description = "Only of this part of the daemon: daemon, ike, child, net, kernel, auth, config, control or"
                    + " updown.")
    private Optional<String> subsystem = Optional.empty();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only this level and above: error, warn, info, debug or trace.")
    private Optional<String> level = Optional.empty();

    @Option(names = "--json", description = "A JSON object a line, with what it is about and the SPIs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        MessageBuilder request = Message.with().putIf("follow", follow);
        connection.ifPresent(name -> request.put("connection", name));
        subsystem.ifPresent(word -> request.put("subsystem", word));
        level.ifPresent(word -> request.put("level", word));
        try (ViciClient daemon = socket.connect()) {
            DaemonSocket.required(daemon.stream("log-lines", request.build(), "log-line", line -> {
                out.println(json ? Json.text(ViciJson.of(line)) : text(line));
                out.flush();
            }));
            return 0;
        }
    }

    private static String text(Message line) {
        return line.text("lost")
                .map(lost -> "(" + lost + " lines are missing: they came faster than they could be read)")
                .orElseGet(() -> "%s %-5s %-7s %s"
                        .formatted(
                                line.text("time")
                                        .map(Instant::parse)
                                        .map(TIME::format)
                                        .orElse("-"),
                                line.text("level").orElse("").toUpperCase(Locale.ROOT),
                                line.text("subsystem").orElse(""),
                                line.text("msg").orElse("")));
    }
}
