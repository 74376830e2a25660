package org.ikebana.vici.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/** {@code get-counters}, {@code reset-counters}: in all, of one connection, or of each. */
public final class CounterCommands {
    private static final String NONE = "no counters found for this connection";

    private CounterCommands() {}

    public static List<Command> commands(DaemonControl daemon) {
        return List.of(
                SimpleCommand.of("get-counters", request -> daemon.ask(engine -> get(engine, request))),
                SimpleCommand.of("reset-counters", request -> daemon.ask(engine -> reset(engine, request))));
    }

    private static Message get(IkeEngine engine, Message request) {
        Counters counters = engine.counters();
        MessageBuilder sections = Message.with();
        Optional<String> name = request.text("name");
        if (request.isYes("all")) {
            for (String connection : new TreeSet<>(counters.connections())) {
                counters.of(connection).ifPresent(all -> sections.section(connection, section(all)));
            }
        } else if (name.isPresent()) {
            Optional<Map<Counters.Kind, Long>> found = counters.of(name.get());
            if (found.isEmpty()) {
                return Message.with()
                        .section("counters", sections)
                        .put("success", "no")
                        .put("errmsg", NONE)
                        .build();
            }
            sections.section(name.get(), section(found.get()));
        } else {
            sections.section("", section(counters.total()));
        }
        return Message.with()
                .section("counters", sections)
                .put("success", "yes")
                .build();
    }

    private static MessageBuilder section(Map<Counters.Kind, Long> counted) {
        MessageBuilder section = Message.with();
        counted.forEach((kind, count) -> section.put(kind.toString(), count));
        return section;
    }

    private static Message reset(IkeEngine engine, Message request) {
        Optional<String> name = request.text("name");
        if (request.isYes("all")) {
            engine.counters().resetConnections();
        } else if (name.isPresent()) {
            return engine.counters().reset(name.get()) ? Answer.success() : Answer.failure(NONE);
        } else {
            engine.counters().reset();
        }
        return Answer.success();
    }
}
