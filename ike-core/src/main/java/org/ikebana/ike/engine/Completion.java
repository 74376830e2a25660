package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.Role;

/** Has the rest of a child asked for while only a part of it is up, as its peer takes it in parts (RFC 7296 2.9). */
record Completion(Environment environment) {
    /**
     * A part is up, or the whole. A peer that has made it may be about to make the others as well.
     *
     * @param role ours in the exchange that has made it
     */
    void onUp(ChildGoal goal, Role role) {
        if (role == Role.RESPONDER) {
            later(goal);
        } else if (isIncomplete(goal)) {
            goal.partBackoff.reset();
            schedule(goal, Duration.ZERO);
        }
    }

    /** A part has gone, and others are there. */
    void onClosed(ChildGoal goal, CloseCause cause) {
        boolean isTrapEnough = goal.child.closeAction() == StartAction.TRAP
                || goal.child.closeAction() == StartAction.NONE
                        && goal.child.places().containsKey("close_action");
        if (cause != CloseCause.LOST && !(cause == CloseCause.PEER && isTrapEnough)) {
            later(goal);
        }
    }

    /** A part could not be made. */
    void onFailed(ChildGoal goal) {
        later(goal);
    }

    /** Its own accord is for a child that is wanted up; for others a packet has to come. */
    private void later(ChildGoal goal) {
        if (goal.desired == DesiredState.UP) {
            schedule(goal, goal.partBackoff.next(environment.random()));
        }
    }

    private void schedule(ChildGoal goal, Duration delay) {
        goal.cancelCompletion();
        goal.completion = environment.after(delay, () -> {
            goal.completion = null;
            ask(goal);
        });
    }

    private static void ask(ChildGoal goal) {
        if (goal.desired != DesiredState.OFF
                && isIncomplete(goal)
                && goal.progress instanceof ChildGoal.Progress.Up up) {
            up.ikeSa().addChild(new ChildRequest(goal.child, Optional.empty(), () -> 0));
        }
    }

    private static boolean isIncomplete(ChildGoal goal) {
        return goal.progress instanceof ChildGoal.Progress.Up up && up.ikeSa().isIncomplete(goal.child);
    }
}
