package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelectors;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.OutboundTable;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.Role;

/**
 * Moves every configured child towards its desired state, after any failure and for ever. While a child is wanted, its
 * trap stands, so that its traffic waits for the tunnel and never leaves in clear.
 */
final class Reconciler {
    private final Environment environment;
    private final Traps traps;
    private final Pursuit pursuit;
    private final ReconciledSas ikeSas;
    private final Completion completion;
    private final OutboundTable outbound;
    private final Goals goals = new Goals();

    Reconciler(Environment environment, KernelTables tables, PeerAddresses addresses, ReconciledSas ikeSas) {
        this.environment = environment;
        this.traps = new Traps(environment, tables);
        this.outbound = tables.outbound();
        this.pursuit = new Pursuit(environment, traps, addresses, ikeSas, new Pacing(environment));
        this.ikeSas = ikeSas;
        this.completion = new Completion(environment);
    }

    /**
     * Takes children of a connection up, each with the state that its {@code start_action} asks for.
     *
     * @param former what {@link #retire} gave where the connection has changed: a trap stands until the new one does, and
     *     what a command wanted is still wanted
     */
    void add(ConnectionConfig connection, List<ChildConfig> children, List<ChildGoal> former) {
        Map<String, ChildGoal> before = new HashMap<>();
        former.forEach(goal -> before.put(goal.child.name(), goal));
        List<ChildGoal> added = new ArrayList<>();
        for (ChildConfig child : children) {
            ChildGoal goal = new ChildGoal(connection, child, DesiredState.OFF);
            ChildGoal old = before.remove(child.name());
            goal.desired = ChildGoal.configured(child)
                    .orElse(old == null ? DesiredState.OFF : ChildGoal.possible(child, old.commanded()));
            goal.formerTrap = old == null ? null : old.trap != null ? old.trap : old.formerTrap;
            goals.put(goal);
            added.add(goal);
        }
        added.forEach(pursuit::pursue);
        before.values().forEach(traps::remove);
    }

    /** Forgets a connection's children, but for their traps; their SAs are the caller's to close. */
    List<ChildGoal> retire(ConnectionConfig connection) {
        pursuit.addresses().forget(connection);
        return retire(connection, connection.children());
    }

    /** Forgets some of them; the others are as they were. */
    List<ChildGoal> retire(ConnectionConfig connection, List<ChildConfig> children) {
        List<ChildGoal> retired = new ArrayList<>();
        for (ChildConfig child : children) {
            goals.remove(connection.name(), child.name()).ifPresent(goal -> {
                goal.settle(new ChildGoal.Progress.Idle());
                goal.cancelTrapRetry();
                traps.forget(goal);
                retired.add(goal);
            });
        }
        return retired;
    }

    /**
     * The same in all that SAs are about; what begins from now on begins with this one.
     *
     * @return the children that a command or the configuration before has wanted and this one does not: their SAs are to go
     */
    List<ChildConfig> renew(ConnectionConfig connection) {
        List<ChildConfig> unwanted = new ArrayList<>();
        for (ChildConfig child : connection.children()) {
            goal(connection.name(), child.name()).ifPresent(goal -> {
                goal.connection = connection;
                if (redirect(goal, child)) {
                    pursuit.pursue(goal);
                    if (goal.desired == DesiredState.OFF) {
                        unwanted.add(child);
                    }
                }
            });
        }
        return unwanted;
    }

    /** What was to come up on an IKE SA that goes is to come up on another one. */
    void begunAnew(ConnectionConfig connection, IkeSa ikeSa) {
        for (ChildGoal goal : goals.of(Optional.of(connection))) {
            if (goal.progress instanceof ChildGoal.Progress.Negotiating negotiating && negotiating.ikeSa() == ikeSa) {
                goal.settle(new ChildGoal.Progress.Idle());
                environment.after(Duration.ZERO, () -> {
                    if (goal.isIdle()) {
                        pursuit.pursue(goal);
                    }
                });
            }
        }
    }

    /** The connection is gone. */
    void remove(ConnectionConfig connection) {
        for (ChildGoal goal : retire(connection)) {
            goal.desired = DesiredState.OFF;
            traps.remove(goal);
        }
    }

    /** Whether a child that is wanted lacks its trap now and has traffic that a policy is about. */
    Predicate<PolicyKey> awaited() {
        List<Interest> interests = goals.all().stream()
                .filter(ChildGoal::lacksTrap)
                .map(goal -> new Interest(goal.child))
                .toList();
        return key -> interests.stream().anyMatch(interest -> interest.concerns(key));
    }

    boolean wantsAnyUp(ConnectionConfig connection) {
        return connection.children().stream()
                .anyMatch(child -> desired(connection.name(), child.name())
                        .filter(DesiredState.UP::equals)
                        .isPresent());
    }

    void want(String connection, String child, DesiredState desired) {
        goal(connection, child).ifPresent(goal -> {
            goal.desired = ChildGoal.possible(goal.child, desired);
            goal.tries = 0;
            goal.backoff.reset();
            pursuit.pursueAtOnce(goal);
        });
    }

    Optional<DesiredState> desired(String connection, String child) {
        return goal(connection, child).map(goal -> goal.desired);
    }

    /** Those that stand. */
    List<TrapStatus> traps() {
        return goals.all().stream()
                .flatMap(goal -> goal
                        .trap()
                        .map(trap -> new TrapStatus(goal.connection.name(), goal.child, trap.reqid(), trap.selectors()))
                        .stream())
                .toList();
    }

    void onAcquire(KernelEvent.Acquire acquire) {
        traps.withTrap(acquire.reqid()).or(() -> withSas(acquire.reqid())).ifPresent(goal -> acquired(goal, acquire));
    }

    void onChildUp(IkeSa ikeSa, ChildSa childSa, Role role) {
        Optional<ConnectionConfig> connection = ikeSa.connection();
        Optional<ChildGoal> current = connection
                .flatMap(c -> goal(c.name(), childSa.config().name()))
                .filter(goal -> goal.child.sameSas(childSa.config()));
        if (connection.isPresent() && current.isEmpty()) { // asked for before the configuration changed
            environment.after(Duration.ZERO, () -> ikeSa.closeChild(childSa));
        }
        current.ifPresent(goal -> {
            boolean isAsked =
                    goal.progress instanceof ChildGoal.Progress.Negotiating || ikeSas.isContinued(ikeSa, childSa);
            if (role == Role.INITIATOR && goal.desired == DesiredState.OFF && !isAsked) { // given up meanwhile
                environment.after(Duration.ZERO, () -> ikeSa.closeChild(childSa));
            }
            goal.tries = 0;
            goal.backoff.reset();
            goal.acquireSeq = 0;
            traps.follow(goal, ikeSa.endpoints());
            goal.settle(new ChildGoal.Progress.Up(ikeSa, childSa));
            if (goal.lacksTrap()) {
                pursuit.setTrap(goal);
            }
            completion.onUp(goal, role);
        });
    }

    void onChildRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
        ikeSa.connection().flatMap(c -> goal(c.name(), old.config().name())).ifPresent(goal -> {
            boolean wasFor = goal.isFor(old) || !(goal.progress instanceof ChildGoal.Progress.Up);
            if (wasFor) {
                goal.settle(new ChildGoal.Progress.Up(ikeSa, fresh));
            }
        });
    }

    /** What was said of the old IKE SA holds for the new one. */
    void onIkeRekeyed(IkeSa old, IkeSa fresh) {
        for (ChildGoal goal : goals.of(fresh.connection())) {
            if (goal.progress instanceof ChildGoal.Progress.Negotiating negotiating && negotiating.ikeSa() == old) {
                goal.progress = new ChildGoal.Progress.Negotiating(fresh);
            } else if (goal.progress instanceof ChildGoal.Progress.Up up && up.ikeSa() == old) {
                goal.progress = new ChildGoal.Progress.Up(fresh, up.childSa());
            }
        }
    }

    void onChildFailed(String connection, String child) {
        goal(connection, child)
                .ifPresent(goal -> ikeSas.atWork(connection, child)
                        .ifPresentOrElse(part -> partFailed(goal, part), () -> pursuit.failed(goal)));
    }

    void onChildClosed(String connection, ChildSa childSa, CloseCause cause) {
        goal(connection, childSa.config().name())
                .filter(goal -> goal.progress instanceof ChildGoal.Progress.Up)
                .ifPresent(goal -> {
                    Optional<ChildGoal.Progress.Up> other = ikeSas.atWork(connection, goal.child.name());
                    if (other.isPresent()) {
                        goal.settle(other.get());
                        completion.onClosed(goal, cause);
                        return;
                    }
                    if (!goal.isFor(childSa)) {
                        return;
                    }
                    if (cause == CloseCause.MOVED && goal.progress instanceof ChildGoal.Progress.Up up) {
                        traps.follow(goal, up.ikeSa().endpoints());
                    }
                    if (cause == CloseCause.LOST && goal.progress instanceof ChildGoal.Progress.Up up) {
                        goal.settle(new ChildGoal.Progress.Negotiating(up.ikeSa()));
                        return;
                    }
                    goal.settle(new ChildGoal.Progress.Idle());
                    switch (cause) {
                        case PEER -> goal.adopt(goal.child.closeAction(), "close_action");
                        case DEAD_PEER, CRASHED -> goal.adopt(goal.child.dpdAction(), "dpd_action");
                        case IDLE -> goal.rest();
                        case LOCAL, FAILED, EXPIRED, REPLACED, REKEYED, REAUTHENTICATED, MOVED, LOST, REDUNDANT -> {}
                    }
                    if (cause.callsForAnotherAtOnce()) {
                        pursuit.pursue(goal);
                    } else if (goal.desired == DesiredState.UP) {
                        pursuit.setTrap(goal);
                        pursuit.retryLater(goal);
                    } else {
                        pursuit.pursue(goal);
                    }
                });
    }

    /** An IKE SA ended: what was being negotiated on it has failed. */
    void onIkeClosed(IkeSa ikeSa, Optional<ConnectionConfig> connection) {
        for (ChildGoal goal : goals.of(connection)) {
            if (goal.progress instanceof ChildGoal.Progress.Negotiating negotiating && negotiating.ikeSa() == ikeSa) {
                pursuit.failed(goal);
            }
        }
    }

    /** Everything is to go: traps and timers now, SAs by the caller. */
    void stop() {
        pursuit.pacing().stop();
        List<ChildGoal> all = goals.all();
        goals.clear();
        for (ChildGoal goal : all) {
            goal.desired = DesiredState.OFF;
            goal.settle(new ChildGoal.Progress.Idle());
            traps.remove(goal);
        }
    }

    private Optional<ChildGoal> goal(String connection, String child) {
        return goals.find(connection, child);
    }

    /** The child that has SAs with this reqid, and perhaps no trap. */
    private Optional<ChildGoal> withSas(int reqid) {
        return outbound.ikeSas(reqid).stream()
                .flatMap(sa -> goals.of(sa.connection()).stream())
                .filter(goal -> goal.has(reqid))
                .findFirst();
    }

    /** Whether the child is wanted in another way than before; what a command wanted is still wanted. */
    private static boolean redirect(ChildGoal goal, ChildConfig child) {
        DesiredState before = goal.desired;
        if (child.startAction() != goal.child.startAction()) {
            goal.desired = ChildGoal.configured(child).orElseGet(goal::commanded);
        }
        goal.child = child;
        return goal.desired != before;
    }

    private void acquired(ChildGoal goal, KernelEvent.Acquire acquire) {
        goal.acquireSeq = acquire.acquireSeq();
        if (goal.progress instanceof ChildGoal.Progress.Up
                || goal.isIdle()) { // else it is on its way, and a scan asks by the thousand
            environment.emit(new IkeEvent.AcquireReceived(goal.connection.name(), goal.child.name(), acquire.packet()));
        }
        if (goal.progress instanceof ChildGoal.Progress.Up up) {
            up.ikeSa().onKernelEvent(new KernelEvent.EventsLost()); // its SA may have gone without our hearing of it
        }
        ChildRequest.Packet packet = new ChildRequest.Packet(
                PolicySelectors.source(acquire.packet()), PolicySelectors.destination(acquire.packet()));
        if (goal.progress instanceof ChildGoal.Progress.Up up && goal.desired != DesiredState.OFF) {
            up.ikeSa().addChild(new ChildRequest(goal.child, Optional.of(packet), acquire::acquireSeq));
        } else if (goal.isIdle()) {
            pursuit.bringUp(goal, Optional.of(packet));
        }
    }

    private void partFailed(ChildGoal goal, ChildGoal.Progress.Up part) {
        goal.settle(part);
        completion.onFailed(goal);
    }
}
