package org.ikebana.ike.engine;

import java.util.Optional;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.Trap;

/** Sets the traps of the children up and takes them away. A changed child's new one stands before the old one goes. */
final class Traps {
    private final Environment environment;
    private final KernelTables tables;

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
            goal.trap = trap;
            goal.trapBackoff.reset();
            goal.cancelTrapRetry();
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
        Trap former = goal.formerTrap;
        goal.formerTrap = null;
        if (former != null) {
            former.remove();
        }
        return true;
    }

    /** In transport mode the addresses are the traffic's own: the trap goes where the IKE SA is. */
    void follow(ChildGoal goal, Endpoints endpoints) {
        Trap trap = goal.trap;
        if (trap != null && goal.child.mode() == SaMode.TRANSPORT && !trap.hasAddressesOf(endpoints)) {
            goal.formerTrap = trap;
            goal.trap = null;
            install(goal, endpoints);
        }
    }

    void remove(ChildGoal goal) {
        Trap trap = goal.trap;
        Trap former = goal.formerTrap;
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
            environment.emit(new IkeEvent.TrapRemoved(goal.connection.name(), goal.child.name()));
        }
    }

    void warn(ChildGoal goal, Failure failure) {
        environment.emit(new IkeEvent.Warning(
                goal.connection.name(),
                goal.child.name(),
                failure.sentence() + failure.place().map(p -> " (" + p + ")").orElse("")));
    }
}
