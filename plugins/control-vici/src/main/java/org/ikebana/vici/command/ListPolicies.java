package org.ikebana.vici.command;

import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.engine.TrapStatus;
import org.ikebana.vici.report.PolicyReport;
import org.ikebana.vici.wire.Message;

/** {@code list-policies}: traps, and the policies of children that are nothing else: those that let pass, and those that drop. */
public final class ListPolicies implements Command {
    private static final String EVENT = "list-policy";

    private final DaemonControl daemon;

    public ListPolicies(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "list-policies";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<String> ike = request.text("ike");
        Optional<String> child = request.text("child");
        for (TrapStatus trap : daemon.ask(IkeEngine::traps)) {
            if (request.isYes(kind(trap.child()))
                    && ike.filter(wanted -> !wanted.equals(trap.connection())).isEmpty()
                    && child.filter(wanted -> !wanted.equals(trap.child().name()))
                            .isEmpty()) {
                caller.stream(EVENT, PolicyReport.trap(trap));
            }
        }
        return Message.EMPTY;
    }

    private static String kind(ChildConfig child) {
        return child.shunt()
                .map(action -> switch (action) {
                    case ALLOW -> "pass";
                    case BLOCK -> "drop";
                })
                .orElse("trap");
    }
}
