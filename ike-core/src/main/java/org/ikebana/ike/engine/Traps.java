package org.ikebana.ike.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.Shunt;
import org.ikebana.ike.sa.StandingPolicies;
import org.ikebana.ike.sa.Trap;

/** Sets the traps of the children up, and the policies that are all there is to a shunt, and takes them away. A changed child's new one stands before the old one goes. */
final class Traps {
    private final Environment environment;
    private final KernelTables tables;
    /** Whose traps stand; several where they have the same selectors, in the order in which they came. */
    private final Map<Integer, Set<ChildGoal>> byReqid = new HashMap<>();

    Traps(Environment environment, KernelTables tables) {
        this.environment = environment;
        this.tables = tables;
    }

    /** False if the kernel refuses; what the configuration before wanted stands on then. */
    boolean install(ChildGoal goal, Endpoints endpoints) {
        if (goal.trap != null) {
            return true;
        }
        try {
            Trap trap = Trap.install(environment.kernel(), tables, goal.child, endpoints);
            stands(goal, trap);
            environment.emit(new IkeEvent.TrapInstalled(
                    goal.connection.name(),
                    goal.child.name(),
                    trap.reqid(),
                    trap.selectors().local(),
                    trap.selectors().remote()));
        } catch (KernelException e) {
            warn(goal, new Failure.LocalFailure(e.getMessage(), Optional.empty()));
            return false;
        }
        removeFormer(goal);
        return true;
    }

    /** The same for a child that is policies alone. */
    boolean installShunt(ChildGoal goal) {
        Policy.Action action = goal.child.shunt().orElseThrow();
        try {
            Shunt shunt = Shunt.install(environment.kernel(), tables, goal.child, action);
            stands(goal, shunt);
            environment.emit(new IkeEvent.ShuntInstalled(
                    goal.connection.name(),
                    goal.child.name(),
                    action,
                    shunt.selectors().local(),
                    shunt.selectors().remote()));
        } catch (KernelException e) {
            warn(goal, new Failure.LocalFailure(e.getMessage(), Optional.empty()));
            return false;
        }
        removeFormer(goal);
        return true;
    }

    /** The child whose trap a packet has met. */
    Optional<ChildGoal> withTrap(int reqid) {
        return byReqid.getOrDefault(reqid, Set.of()).stream().findFirst();
    }

    /** Its trap stands on, for another goal to take it away. */
    void forget(ChildGoal goal) {
        goal.trap()
                .ifPresent(trap -> byReqid.computeIfPresent(trap.reqid(), (reqid, goals) -> {
                    goals.remove(goal);
                    return goals.isEmpty() ? null : goals;
                }));
    }

    private void stands(ChildGoal goal, StandingPolicies policies) {
        goal.trap = policies;
        byReqid.computeIfAbsent(policies.reqid(), reqid -> new LinkedHashSet<>(2))
                .add(goal);
        goal.trapBackoff.reset();
        goal.cancelTrapRetry();
    }

    private static void removeFormer(ChildGoal goal) {
        StandingPolicies former = goal.formerTrap;
        goal.formerTrap = null;
        if (former != null) {
            former.remove();
        }
    }

    /** In transport mode the addresses are the traffic's own: the trap goes where the IKE SA is. */
    void follow(ChildGoal goal, Endpoints endpoints) {
        StandingPolicies trap = goal.trap;
        if (trap != null && goal.child.mode() == SaMode.TRANSPORT && !trap.hasAddressesOf(endpoints)) {
            forget(goal);
            goal.formerTrap = trap;
            goal.trap = null;
            install(goal, endpoints);
        }
    }

    void remove(ChildGoal goal) {
        forget(goal);
        StandingPolicies trap = goal.trap;
        StandingPolicies former = goal.formerTrap;
        goal.trap = null;
        goal.formerTrap = null;
        goal.cancelTrapRetry();
        if (former != null) {
            former.remove();
        }
        if (trap != null) {
            trap.remove();
        }
        if (former != null || trap != null) {
            environment.emit(
                    goal.child.isShunt()
                            ? new IkeEvent.ShuntRemoved(goal.connection.name(), goal.child.name())
                            : new IkeEvent.TrapRemoved(goal.connection.name(), goal.child.name()));
        }
    }

    void warn(ChildGoal goal, Failure failure) {
        environment.emit(new IkeEvent.Warning(
                goal.connection.name(),
                goal.child.name(),
                failure.sentence() + failure.place().map(p -> " (" + p + ")").orElse("")));
    }
}
