package org.ikebana.vici.command;

import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.vici.wire.Message;

/** {@code initiate}: a child, or an IKE SA without one. */
public final class Initiate implements Command {
    private final DaemonControl daemon;

    public Initiate(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "initiate";
    }

    @Override
    public Set<String> events() {
        return Set.of(ControlLog.EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<String> child = request.text("child");
        Optional<String> ike = request.text("ike");
        if (child.isPresent()) {
            Optional<ConfiguredChild> found = daemon.ask(engine -> ConfiguredChild.find(engine, ike, child.get()));
            if (found.isEmpty()) {
                return Answer.failure("CHILD_SA config '" + child.get() + "' not found");
            }
            return found.get().config().isShunt()
                    ? Answer.failure("'" + child.get() + "' is policies alone (mode = pass or drop): install it")
                    : new ChildInitiation(daemon, found.get()).run(request, caller);
        }
        if (ike.isEmpty()) {
            return Answer.failure("missing configuration name");
        }
        Optional<ConnectionConfig> connection = daemon.ask(engine -> engine.connections().stream()
                .filter(configured -> configured.name().equals(ike.get()))
                .findFirst());
        if (connection.isEmpty()) {
            return Answer.failure("IKE_SA config '" + ike.get() + "' not found");
        }
        return connection.get().isOfShunts()
                ? Answer.failure("'" + ike.get() + "' is of policies alone (mode = pass or drop): there is no peer")
                : new IkeInitiation(daemon, ike.get()).run(request, caller);
    }
}
