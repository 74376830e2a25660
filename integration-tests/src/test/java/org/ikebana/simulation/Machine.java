package org.ikebana.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.service.EventLog;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A machine of a simulation. Its daemon may die, with the kernel's state or without, and be started again. */
final class Machine {
    private static final String CONNECTION = "site";
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)*");

    final String name;
    final boolean isWest;
    private final VirtualClock time;
    private final Network network;
    private final SeededRandom random;
    private final Scenario scenario;
    private final CryptoRegistry crypto;
    private final Chronicle chronicle;
    private final Census census;
    private final Set<Integer> held = new HashSet<>();
    private final Set<String> trapped = new HashSet<>();
    private InetAddress address;
    private Consumer<KernelUpdate> watcher = update -> {};
    private Consumer<IkeEvent> listener = event -> {};
    private MemoryKernel kernel;
    private ConnectionConfig config;
    private @Nullable Host host;
    private List<String> heldWhileDown = List.of();
    private boolean mayLackPolicies;
    private int reauthentications;

    Machine(
            boolean isWest,
            VirtualClock time,
            Network network,
            InetAddress address,
            SeededRandom random,
            Scenario scenario,
            CryptoRegistry crypto,
            Chronicle chronicle,
            Census census) {
        this.isWest = isWest;
        this.name = isWest ? "west" : "east";
        this.time = time;
        this.network = network;
        this.address = address;
        this.random = random;
        this.scenario = scenario;
        this.crypto = crypto;
        this.config = isWest ? scenario.west() : scenario.east();
        this.chronicle = chronicle;
        this.census = census;
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

    KernelSnapshot snapshot() {
        try {
            return kernel.snapshot();
        } catch (KernelException e) {
            throw new AssertionError(name + " has no kernel", e);
        }
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
                time, network, address, random, kernel, scenario.settings(), crypto, update -> watcher.accept(update));
        host = fresh;
        fresh.onEvent(this::happened);
        trapped.clear();
        load(config);
    }

    void load(ConnectionConfig newConfig) {
        forgetUnheld();
        config = newConfig;
        host().ifPresent(h -> h.load(scenario.credentials(isWest), newConfig));
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

    /** From now on what is wanted may go in clear until it has a trap: there is nothing to hold it with. */
    void refusePolicy() {
        note("will refuse a policy");
        mayLackPolicies = true;
        kernel.faults().refuse(KernelChange.PutPolicy.class::isInstance, Errno.ENOBUFS);
    }

    /** How often it has authenticated anew. Then it may have children for a peer that has forgotten that it wanted them. */
    int reauthentications() {
        return reauthentications;
    }

    /** Its kernel does again what it is told, and the daemon has had time to tell it. */
    void isWell() {
        mayLackPolicies = false;
    }

    void freeze(Duration duration) {
        note("stands still for " + duration.toSeconds() + " s");
        host().ifPresent(h -> h.freeze(duration));
    }

    void leap(Duration duration) {
        note("has its clock put forward by " + duration.toSeconds() + " s");
        host().ifPresent(h -> h.leap(duration));
    }

    /** Wants it of the child that a line belongs to. */
    void want(int line, DesiredState desired) {
        String child = child(line);
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

    void reauthenticate() {
        if (!scenario.reauthenticates()) {
            return;
        }
        note("authenticates anew");
        host().ifPresent(h -> h.engine().ikeSas().forEach(sa -> sa.reauthenticate()));
    }

    void rekeyChildren() {
        note("rekeys its children");
        host().ifPresent(h -> h.engine().ikeSas().forEach(sa -> sa.childSas().forEach(sa::rekeyChild)));
    }

    DesiredState desired(int line) {
        return desired(child(line));
    }

    String child(int line) {
        return scenario.lines().child(isWest, line);
    }

    private DesiredState desired(String child) {
        return host().flatMap(h -> h.engine().desired(CONNECTION, child)).orElse(DesiredState.OFF);
    }

    /** Whether a line's traffic must not leave in clear, nor be taken in clear. */
    boolean isHeld(int line) {
        return isHeld(child(line));
    }

    private boolean isHeld(String child) {
        boolean isWanted = host == null ? heldWhileDown.contains(child) : desired(child) != DesiredState.OFF;
        return isWanted && (!mayLackPolicies || trapped.contains(child));
    }

    /** Whether a trap stands for the child, as the daemon tells. */
    boolean hasTrap(String child) {
        return trapped.contains(child);
    }

    /** A packet of the line did not leave in clear. */
    void sawHeld(int line) {
        if (isHeld(line)) {
            held.add(line);
        }
    }

    /** Whether the line's traffic has been kept from leaving in clear, and is to be ever since. */
    boolean isHeldSince(int line) {
        return held.contains(line) && isHeld(line);
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
        census.met("fault or command: a machine " + NUMBER.matcher(text).replaceAll("N"));
        chronicle.note(() -> "* " + name + " " + text);
    }

    private void happened(IkeEvent event) {
        chronicle.note(() -> "  " + name + ": " + EventLog.describe(event));
        census.happened(event);
        reauthentications += event instanceof IkeEvent.IkeSaReauthenticated ? 1 : 0;
        if (event instanceof IkeEvent.TrapInstalled installed) {
            trapped.add(installed.child());
        } else if (event instanceof IkeEvent.TrapRemoved removed) {
            trapped.remove(removed.child());
        }
        listener.accept(event);
    }

    private void forgetUnheld() {
        held.removeIf(line -> !isHeld(line));
    }
}
