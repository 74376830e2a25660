package org.ikebana.vici.command;

import java.util.Optional;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.vici.wire.Message;

/** {@code uninstall}: takes the trap of a child away, of which an SA may have come that stays, or the policies that it is alone. */
public final class Uninstall implements Command {
    private final DaemonControl daemon;

    public Uninstall(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "uninstall";
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<String> name = request.text("child");
        if (name.isEmpty()) {
            return Answer.failure("missing configuration name");
        }
        Optional<String> ike = request.text("ike");
        return daemon.ask(engine -> ConfiguredChild.find(engine, ike, name.get())
                .filter(child -> stands(engine, child))
                .map(child -> remove(engine, child))
                .orElseGet(() -> Answer.failure("policy '" + name.get() + "' not found")));
    }

    /** On the event loop. */
    static boolean stands(IkeEngine engine, ConfiguredChild child) {
        return engine.traps().stream()
                .anyMatch(trap -> trap.connection().equals(child.connection())
                        && trap.child().name().equals(child.name()));
    }

    private static Message remove(IkeEngine engine, ConfiguredChild child) {
        if (child.desired(engine) == DesiredState.UP) {
            return Answer.failure("policy '" + child.name()
                    + "' holds the traffic of a tunnel that is wanted up; terminate that first");
        }
        engine.wantFromNow(child.connection(), child.name(), DesiredState.OFF);
        return Answer.success();
    }
}
