package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;

/**
 * How many children are brought up at once, so that a start with thousands of them is no storm, here or at the peers. The others
 * have their turn in the order in which they came; what a packet or a command asks for has it at once. A peer that does not
 * answer keeps nobody waiting for long.
 */
final class Pacing {
    static final int AT_ONCE = 100;

    /** As long as an attempt counts that comes to nothing. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Environment environment;
    /** When they began, in nanoseconds of the environment's clock; the oldest first. */
    private final Map<ChildGoal, Long> underWay = new LinkedHashMap<>();

    private final Queue<Turn> waiting = new ArrayDeque<>();
    private Timer next = () -> {};

    private record Turn(ChildGoal goal, Runnable begin) {
        /** Nothing else has become of it. */
        boolean isDue() {
            return goal.progress instanceof ChildGoal.Progress.Queued queued && queued.turn() == this;
        }
    }

    Pacing(Environment environment) {
        this.environment = environment;
    }

    /** Whether another one may begin. */
    boolean hasRoom() {
        long now = environment.nanoTime();
        underWay.entrySet().removeIf(each -> !each.getKey().isUnderWay() || now - each.getValue() > PATIENCE.toNanos());
        return underWay.size() < AT_ONCE;
    }

    /** One begins, whether or not there is room. */
    void begun(ChildGoal goal) {
        underWay.remove(goal);
        underWay.put(goal, environment.nanoTime());
    }

    /** @param begin is run when there is room, unless something else becomes of it */
    void queue(ChildGoal goal, Runnable begin) {
        Turn turn = new Turn(goal, begin);
        goal.settle(new ChildGoal.Progress.Queued(turn));
        if (waiting.isEmpty()) {
            next = environment.after(PAUSE, this::goOn);
        }
        waiting.add(turn);
    }

    /** Nobody's turn comes any more. */
    void stop() {
        waiting.clear();
        next.cancel();
    }

    private void goOn() {
        while (!waiting.isEmpty() && hasRoom()) {
            Turn turn = waiting.remove();
            if (turn.isDue()) {
                turn.begin.run();
            }
        }
        if (!waiting.isEmpty()) {
            next = environment.after(PAUSE, this::goOn);
        }
    }
}
