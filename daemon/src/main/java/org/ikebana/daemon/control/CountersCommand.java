package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
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

/** {@code ikebana counters}. */
@Command(
        name = "counters",
        description = "Shows how many messages and rekeys there have been, in all or of a connection.")
public final class CountersCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Of this one.")
    private Optional<String> connection = Optional.empty();

    @Option(names = "--json", description = "As a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ViciClient daemon = socket.connect()) {
            MessageBuilder request = Message.with();
            connection.ifPresent(name -> request.put("name", name));
            Message answer = DaemonSocket.required(daemon.request("get-counters", request.build()));
            for (Element.Section all : answer.sections()) {
                for (Element.Section counters : all.content().sections()) {
                    print(counters.content(), out);
                }
            }
            out.flush();
            return 0;
        }
    }

    private void print(Message counters, PrintWriter out) {
        if (json) {
            out.println(Json.text(ViciJson.of(counters)));
        } else {
            counters.elements()
                    .forEach(counter -> out.printf(
                            "%-24s %s%n",
                            counter.name(), counters.text(counter.name()).orElse("")));
        }
    }
}
