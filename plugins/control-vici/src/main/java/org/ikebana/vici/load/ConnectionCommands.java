package org.ikebana.vici.load;

import java.util.List;
import java.util.Optional;
import org.ikebana.config.ConfigException;
import org.ikebana.config.MessageLoader;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.vici.command.Answer;
import org.ikebana.vici.command.Command;
import org.ikebana.vici.command.SimpleCommand;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;

/** {@code load-conn}, {@code get-conns}, {@code unload-conn}. */
public record ConnectionCommands(DaemonControl daemon, Loaded loaded) {
    public List<Command> commands() {
        return List.of(
                SimpleCommand.of("load-conn", this::load),
                SimpleCommand.of(
                        "get-conns",
                        request -> Message.with()
                                .list("conns", daemon.loaded().stream().sorted().toList())
                                .build()),
                SimpleCommand.of("unload-conn", this::unload));
    }

    private Message load(Message request) throws InterruptedException {
        List<Element.Section> sections = request.sections();
        if (sections.size() != 1) {
            return Answer.failure("load-conn: one connection is to be sent, in a section with its name");
        }
        try {
            List<ConnectionConfig> others = daemon.ask(IkeEngine::connections);
            MessageLoader.Loaded<ConnectionConfig> read =
                    loaded.loader().connection(Elements.section(sections.getFirst()), others);
            Loaded.warn(read.warnings());
            loaded.load(read.value());
            return Answer.success();
        } catch (ConfigException e) {
            return Loaded.refusal(e);
        }
    }

    private Message unload(Message request) {
        Optional<String> name = request.text("name");
        if (name.isEmpty()) {
            return Answer.failure("unload: missing connection name");
        }
        return loaded.unload(name.get())
                ? Answer.success()
                : Answer.failure("unload: connection '" + name.get() + "' not found");
    }
}
