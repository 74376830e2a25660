package org.ikebana.vici.command;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.vici.wire.Message;

/** {@code install}: the trap of a child, or the policies of one that is nothing else. */
public final class Install implements Command {
    /** Names of peers are looked up first. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DaemonControl daemon;

    public Install(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "install";
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<String> name = request.text("child");
        if (name.isEmpty()) {
            return Answer.failure("missing configuration name");
        }
        Optional<String> ike = request.text("ike");
        Optional<ConfiguredChild> child = daemon.ask(engine -> ConfiguredChild.find(engine, ike, name.get()));
        if (child.isEmpty()) {
            return Answer.failure("configuration name not found");
        }
        try (Watch watch = Watch.begin(daemon)) {
            boolean stands = daemon.ask(engine -> want(engine, child.get()));
            return stands ? Answer.success() : await(child.get(), watch);
        }
    }

    private Message await(ConfiguredChild child, Watch watch) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Optional<Notice> notice = watch.next(PATIENCE);
            if (notice.isPresent() && notice.get() instanceof Notice.Happened happened) {
                boolean isInstalled = switch (happened.event()) {
                    case IkeEvent.TrapInstalled trap -> child.is(trap.connection(), trap.child());
                    case IkeEvent.ShuntInstalled shunt -> child.is(shunt.connection(), shunt.child());
                    default -> false;
                };
                if (isInstalled) {
                    return Answer.success();
                }
                if (happened.event() instanceof IkeEvent.Warning warning
                        && warning.subject().equals(child.subject())) {
                    return Answer.failure("installing policy '" + child.name() + "' failed: " + warning.text());
                }
            }
        }
        return Answer.failure("policy '" + child.name() + "' not installed after " + PATIENCE.toMillis() + "ms");
    }

    /** On the event loop: whether the trap stands already. */
    private static boolean want(IkeEngine engine, ConfiguredChild child) {
        if (child.desired(engine) == DesiredState.OFF) {
            engine.wantFromNow(child.connection(), child.name(), DesiredState.ON_DEMAND);
        }
        return Uninstall.stands(engine, child);
    }
}
