package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Packet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana events}. */
@Command(name = "events", description = "Shows what happens from now on, a line an event, until Ctrl-C.")
public final class EventsCommand implements Callable<Integer> {
    private static final Set<String> SAS =
            new TreeSet<>(Set.of("ike-updown", "ike-rekey", "ike-update", "child-updown", "child-rekey", "alert"));

    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "What becomes of SAs, as vici tells it, a JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ViciClient daemon = socket.connect()) {
            daemon.listen(json ? SAS : Set.of("log"), event -> {
                out.println(json ? object(event) : event.message().text("msg").orElse(""));
                out.flush();
            });
            return 0;
        }
    }

    private static String object(Packet event) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("event", event.name());
            json.writeFieldName("data");
            ViciJson.of(event.message()).write(json);
            json.writeEndObject();
        });
    }
}
