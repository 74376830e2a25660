package org.ikebana.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.service.EventLog;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A machine of a simulation. Its daemon may die, with the kernel's state or without, and be started again. */
final class Machine {
    private static final String CONNECTION = "site";

    final String name;
    private final VirtualClock time;
    private final Network network;
    private final SeededRandom random;
    private final Scenario scenario;
    private final Chronicle chronicle;
    private final Set<String> held = new HashSet<>();
    private InetAddress address;
    private Consumer<KernelUpdate> watcher = update -> {};
    private Consumer<IkeEvent> listener = event -> {};
    private MemoryKernel kernel;
    private ConnectionConfig config;
    private @Nullable Host host;
    private List<String> heldWhileDown = List.of();

    Machine(
            String name,
            VirtualClock time,
            Network network,
            InetAddress address,
            SeededRandom random,
            Scenario scenario,
            ConnectionConfig config,
            Chronicle chronicle) {
        this.name = name;
        this.time = time;
        this.network = network;
        this.address = address;
        this.random = random;
        this.scenario = scenario;
        this.config = config;
        this.chronicle = chronicle;
        this.kernel = new MemoryKernel(time, random, KernelOptions.DEFAULT, (transport, receiver) -> {
            throw new IOException("the network of a simulation has no sockets");
        });
    }

    void supervise(Supervision supervision) {
        watcher = supervision::changed;
        listener = supervision::happened;
    }

    MemoryKernel kernel() {
        return kernel;
    }

    ConnectionConfig config() {
        return config;
    }

    Optional<Host> host() {
        return Optional.ofNullable(host);
    }

    void start() {
        if (host != null) {
            return;
        }
        note("starts");
        Host fresh = new Host(
                time,
                network,
                address,
                random,
                kernel,
                scenario.settings(),
                scenario.crypto(),
                update -> watcher.accept(update));
        host = fresh;
        fresh.onEvent(this::happened);
        load(config);
    }

    void load(ConnectionConfig newConfig) {
        forgetUnheld();
        config = newConfig;
        host().ifPresent(h -> h.load(List.of(Site.secret("correct horse")), newConfig));
    }

    /** @param withKernel the machine starts anew, not only the daemon */
    void crash(boolean withKernel) {
        if (host == null) {
            return;
        }
        note(withKernel ? "loses power" : "is killed");
        heldWhileDown = withKernel
                ? List.of()
                : config.children().stream()
                        .map(child -> child.name())
                        .filter(this::isHeld)
                        .toList();
        host.kill();
        host = null;
        if (withKernel) {
            kernel.flush();
            held.clear();
        }
        kernel = kernel.reopen();
    }

    void freeze(Duration duration) {
        note("stands still for " + duration.toSeconds() + " s");
        host().ifPresent(h -> h.freeze(duration));
    }

    void leap(Duration duration) {
        note("has its clock put forward by " + duration.toSeconds() + " s");
        host().ifPresent(h -> h.leap(duration));
    }

    void want(String child, DesiredState desired) {
        note("wants " + child + " " + desired);
        forgetUnheld();
        host().ifPresent(h -> h.engine().want(CONNECTION, child, desired));
    }

    void terminate() {
        note("terminates");
        host().ifPresent(h -> h.engine().terminate(CONNECTION));
    }

    void rekeyIkeSas() {
        note("rekeys its IKE SAs");
        host().ifPresent(h -> h.engine().ikeSas().forEach(sa -> sa.rekey()));
    }

    void rekeyChildren() {
        note("rekeys its children");
        host().ifPresent(h -> h.engine().ikeSas().forEach(sa -> sa.childSas().forEach(sa::rekeyChild)));
    }

    DesiredState desired(String child) {
        return host().flatMap(h -> h.engine().desired(CONNECTION, child)).orElse(DesiredState.OFF);
    }

    /** Whether the child's traffic must not leave in clear, nor be taken in clear. */
    boolean isHeld(String child) {
        return host == null ? heldWhileDown.contains(child) : desired(child) != DesiredState.OFF;
    }

    /** A packet of the child did not leave in clear. */
    void sawHeld(String child) {
        if (isHeld(child)) {
            held.add(child);
        }
    }

    /** Whether the child's traffic has been kept from leaving in clear, and is to be ever since. */
    boolean isHeldSince(String child) {
        return held.contains(child) && isHeld(child);
    }

    /** It has another address from now on. */
    void moveTo(InetAddress newAddress) {
        note("moves to " + newAddress.getHostAddress());
        address = newAddress;
        host().ifPresent(h -> h.moveTo(newAddress));
    }

    InetAddress address() {
        return address;
    }

    void note(String text) {
        chronicle.note(() -> "* " + name + " " + text);
    }

    private void happened(IkeEvent event) {
        chronicle.note(() -> "  " + name + ": " + EventLog.describe(event));
        listener.accept(event);
    }

    private void forgetUnheld() {
        held.removeIf(child -> !isHeld(child));
    }
}
