package org.ikebana.vici.command;

import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.vici.report.ConnectionReport;
import org.ikebana.vici.wire.Message;

/** {@code list-conns}: connections from files and from commands. */
public final class ListConns implements Command {
    private static final String EVENT = "list-conn";

    private final DaemonControl daemon;

    public ListConns(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "list-conns";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<String> ike = request.text("ike");
        for (ConnectionConfig connection : daemon.ask(IkeEngine::connections)) {
            if (ike.filter(wanted -> !wanted.equals(connection.name())).isEmpty()) {
                caller.stream(
                        EVENT,
                        Message.with()
                                .section(connection.name(), ConnectionReport.connection(connection))
                                .build());
            }
        }
        return Message.EMPTY;
    }
}
