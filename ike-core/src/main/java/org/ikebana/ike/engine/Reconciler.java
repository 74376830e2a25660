package org.ikebana.ike.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.PolicySelectors;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.Trap;
import org.ikebana.ike.task.ChildRequest;

/**
 * Moves every configured child towards its desired state, after any failure and for ever. While a child is wanted, its
 * trap stands, so that its traffic waits for the tunnel and never leaves in clear.
 */
final class Reconciler {
    private final Environment environment;
    private final KernelTables tables;
    private final PeerAddresses addresses;
    private final Initiation initiation;
    private final Map<Name, ChildGoal> goals = new LinkedHashMap<>();

    private record Name(String connection, String child) {}

    /** Begins an IKE SA for a child, or asks an existing one for it. */
    @FunctionalInterface
    interface Initiation {
        IkeSa begin(ConnectionConfig connection, Endpoints endpoints, ChildRequest request);
    }

    Reconciler(Environment environment, KernelTables tables, PeerAddresses addresses, Initiation initiation) {
        this.environment = environment;
        this.tables = tables;
        this.addresses = addresses;
        this.initiation = initiation;
    }

    /** Takes a connection's children up, each with the state that its {@code start_action} asks for. */
    void add(ConnectionConfig connection) {
        for (ChildConfig child : connection.children()) {
            ChildGoal goal = new ChildGoal(
                    connection, child, DesiredState.of(child.startAction()).orElse(DesiredState.OFF));
            goals.put(new Name(connection.name(), child.name()), goal);
            pursue(goal);
        }
    }

    /** Forgets a connection's children; their SAs are the caller's to close. */
    void remove(ConnectionConfig connection) {
        for (ChildConfig child : connection.children()) {
            ChildGoal goal = goals.remove(new Name(connection.name(), child.name()));
            if (goal != null) {
                goal.desired = DesiredState.OFF;
                settle(goal, new ChildGoal.Progress.Idle());
                removeTrap(goal);
            }
        }
    }

    void want(String connection, String child, DesiredState desired) {
        goal(connection, child).ifPresent(goal -> {
            goal.desired = desired;
            goal.backoff.reset();
            pursue(goal);
        });
    }

    void onAcquire(KernelEvent.Acquire acquire) {
        for (ChildGoal goal : goals.values()) {
            if (goal.trap().filter(t -> t.reqid() == acquire.reqid()).isPresent()) {
                acquired(goal, acquire);
                return;
            }
        }
    }

    void onChildUp(IkeSa ikeSa, ChildSa childSa) {
        ikeSa.connection().flatMap(c -> goal(c.name(), childSa.config().name())).ifPresent(goal -> {
            goal.backoff.reset();
            goal.acquireSeq = 0;
            settle(goal, new ChildGoal.Progress.Up(ikeSa, childSa));
        });
    }

    void onChildRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
        ikeSa.connection().flatMap(c -> goal(c.name(), old.config().name())).ifPresent(goal -> {
            boolean wasFor = goal.isFor(old) || !(goal.progress instanceof ChildGoal.Progress.Up);
            if (wasFor) {
                settle(goal, new ChildGoal.Progress.Up(ikeSa, fresh));
            }
        });
    }

    /** What was said of the old IKE SA holds for the new one. */
    void onIkeRekeyed(IkeSa old, IkeSa fresh) {
        for (ChildGoal goal : goals.values()) {
            if (goal.progress instanceof ChildGoal.Progress.Negotiating negotiating && negotiating.ikeSa() == old) {
                goal.progress = new ChildGoal.Progress.Negotiating(fresh);
            } else if (goal.progress instanceof ChildGoal.Progress.Up up && up.ikeSa() == old) {
                goal.progress = new ChildGoal.Progress.Up(fresh, up.childSa());
            }
        }
    }

    void onChildFailed(String connection, String child) {
        goal(connection, child).ifPresent(this::failed);
    }

    void onChildClosed(String connection, ChildSa childSa, CloseCause cause) {
        goal(connection, childSa.config().name())
                .filter(goal -> goal.isFor(childSa))
                .ifPresent(goal -> {
                    if (cause == CloseCause.LOST && goal.progress instanceof ChildGoal.Progress.Up up) {
                        settle(goal, new ChildGoal.Progress.Negotiating(up.ikeSa()));
                        return;
                    }
                    settle(goal, new ChildGoal.Progress.Idle());
                    switch (cause) {
                        case PEER -> adopt(goal, goal.child.closeAction(), "close_action");
                        case DEAD_PEER -> adopt(goal, goal.child.dpdAction(), "dpd_action");
                        case LOCAL, FAILED, EXPIRED, REPLACED, REKEYED, LOST -> {}
                    }
                    if (cause == CloseCause.EXPIRED || cause == CloseCause.DEAD_PEER) {
                        pursue(goal);
                    } else if (goal.desired == DesiredState.UP) {
                        retryLater(goal);
                    } else {
                        pursue(goal);
                    }
                });
    }

    /** An IKE SA ended: what was being negotiated on it has failed. */
    void onIkeClosed(IkeSa ikeSa) {
        for (ChildGoal goal : List.copyOf(goals.values())) {
            if (goal.progress instanceof ChildGoal.Progress.Negotiating negotiating && negotiating.ikeSa() == ikeSa) {
                failed(goal);
            }
        }
    }

    /** Everything is to go: traps and timers now, SAs by the caller. */
    void stop() {
        List<ChildGoal> all = new ArrayList<>(goals.values());
        goals.clear();
        for (ChildGoal goal : all) {
            goal.desired = DesiredState.OFF;
            settle(goal, new ChildGoal.Progress.Idle());
            removeTrap(goal);
        }
    }

    private Optional<ChildGoal> goal(String connection, String child) {
        return Optional.ofNullable(goals.get(new Name(connection, child)));
    }

    private void pursue(ChildGoal goal) {
        boolean idle =
                goal.progress instanceof ChildGoal.Progress.Idle || goal.progress instanceof ChildGoal.Progress.Waiting;
        switch (goal.desired) {
            case OFF -> {
                settle(goal, idle ? new ChildGoal.Progress.Idle() : goal.progress);
                removeTrap(goal);
            }
            case ON_DEMAND -> resolve(goal, false);
            case UP -> {
                if (idle) {
                    resolve(goal, true);
                }
            }
        }
    }

    private void acquired(ChildGoal goal, KernelEvent.Acquire acquire) {
        goal.acquireSeq = acquire.acquireSeq();
        environment.emit(new IkeEvent.AcquireReceived(goal.connection.name(), goal.child.name(), acquire.packet()));
        boolean idle = goal.progress instanceof ChildGoal.Progress.Idle;
        if (idle) {
            ChildRequest.Packet packet = new ChildRequest.Packet(
                    PolicySelectors.source(acquire.packet()), PolicySelectors.destination(acquire.packet()));
            goal.progress = new ChildGoal.Progress.Resolving();
            addresses.find(
                    goal.connection, goal.attempts++, answer -> onAddresses(goal, answer, true, Optional.of(packet)));
        }
    }

    /** @param begin bring the child up as well, not only its trap */
    private void resolve(ChildGoal goal, boolean begin) {
        if (begin) {
            settle(goal, new ChildGoal.Progress.Resolving());
        } else if (goal.trap != null) {
            return;
        }
        addresses.find(
                goal.connection,
                begin ? goal.attempts++ : 0,
                answer -> onAddresses(goal, answer, begin, Optional.empty()));
    }

    private void onAddresses(
            ChildGoal goal, PeerAddresses.Answer answer, boolean begin, Optional<ChildRequest.Packet> packet) {
        if (goal.desired == DesiredState.OFF) {
            settle(goal, new ChildGoal.Progress.Idle());
            return;
        }
        switch (answer) {
            case PeerAddresses.Answer.Found found -> {
                installTrap(goal, found.endpoints());
                if (begin) {
                    begin(goal, found.endpoints(), packet);
                }
            }
            case PeerAddresses.Answer.NotFound notFound -> {
                warn(goal, notFound.failure());
                failed(goal);
            }
        }
    }

    private void begin(ChildGoal goal, Endpoints endpoints, Optional<ChildRequest.Packet> packet) {
        ChildRequest request = new ChildRequest(goal.child, packet, () -> goal.acquireSeq);
        IkeSa ikeSa = initiation.begin(goal.connection, endpoints, request);
        settle(goal, new ChildGoal.Progress.Negotiating(ikeSa));
    }

    private void installTrap(ChildGoal goal, Endpoints endpoints) {
        if (goal.trap != null) {
            return;
        }
        InetAddress local = endpoints.local().getAddress();
        InetAddress remote = endpoints.remote().getAddress();
        try {
            Trap trap = Trap.install(environment.kernel(), tables, goal.child, local, remote);
            goal.trap = trap;
            environment.emit(new IkeEvent.TrapInstalled(
                    goal.connection.name(),
                    goal.child.name(),
                    trap.reqid(),
                    trap.selectors().local(),
                    trap.selectors().remote()));
        } catch (KernelException e) {
            warn(goal, new Failure.LocalFailure(e.getMessage(), Optional.empty()));
        }
    }

    private void removeTrap(ChildGoal goal) {
        Trap trap = goal.trap;
        if (trap == null) {
            return;
        }
        goal.trap = null;
        try {
            trap.remove();
            environment.emit(new IkeEvent.TrapRemoved(goal.connection.name(), goal.child.name()));
        } catch (KernelException e) {
            warn(goal, new Failure.LocalFailure(e.getMessage(), Optional.empty()));
        }
    }

    private void failed(ChildGoal goal) {
        settle(goal, new ChildGoal.Progress.Idle());
        switch (goal.desired) {
            case UP -> retryLater(goal);
            case ON_DEMAND -> {
                if (goal.trap == null) {
                    retryLater(goal);
                }
            }
            case OFF -> {}
        }
    }

    private void retryLater(ChildGoal goal) {
        Duration delay = goal.backoff.next(environment.random());
        settle(goal, new ChildGoal.Progress.Waiting(environment.after(delay, () -> {
            goal.progress = new ChildGoal.Progress.Idle();
            pursue(goal);
        })));
        environment.emit(new IkeEvent.RetryScheduled(goal.connection.name(), goal.child.name(), delay));
    }

    /** An action that the configuration names; {@code none} only counts where it is written down. */
    private void adopt(ChildGoal goal, StartAction action, String key) {
        if (action == StartAction.NONE && goal.child.places().containsKey(key)) {
            goal.desired = DesiredState.OFF;
        }
        DesiredState.of(action).ifPresent(desired -> goal.desired = desired);
    }

    private void settle(ChildGoal goal, ChildGoal.Progress next) {
        if (goal.progress instanceof ChildGoal.Progress.Waiting waiting && !next.equals(waiting)) {
            waiting.timer().cancel();
        }
        goal.progress = next;
    }

    private void warn(ChildGoal goal, Failure failure) {
        environment.emit(new IkeEvent.Warning(
                goal.connection.name() + "/" + goal.child.name(),
                failure.sentence() + failure.place().map(p -> " (" + p + ")").orElse("")));
    }
}
