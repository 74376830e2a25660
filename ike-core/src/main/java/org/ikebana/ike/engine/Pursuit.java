package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.task.ChildRequest;

/**
 * Takes a child towards its desired state: finds the peer, sets the trap, asks for the child, and does so again where that
 * fails.
 */
record Pursuit(Environment environment, Traps traps, PeerAddresses addresses, ReconciledSas ikeSas, Pacing pacing) {
    void pursue(ChildGoal goal) {
        boolean idle = goal.isIdle();
        switch (goal.desired) {
            case OFF -> {
                goal.settle(
                        goal.progress instanceof ChildGoal.Progress.Up ? goal.progress : new ChildGoal.Progress.Idle());
                traps.remove(goal);
            }
            case ON_DEMAND -> {
                goal.settle(idle ? new ChildGoal.Progress.Idle() : goal.progress);
                setTrap(goal);
            }
            case UP -> {
                if (idle && pacing.hasRoom()) {
                    bringUp(goal, Optional.empty());
                } else {
                    if (idle) {
                        pacing.queue(goal, () -> bringUp(goal, Optional.empty()));
                    }
                    setTrap(goal);
                }
            }
        }
    }

    /** The same, and nobody comes before it. */
    void pursueAtOnce(ChildGoal goal) {
        if (goal.desired == DesiredState.UP && goal.isIdle()) {
            bringUp(goal, Optional.empty());
        } else {
            pursue(goal);
        }
    }

    /** Brings the child up; its trap stands first. */
    void bringUp(ChildGoal goal, Optional<ChildRequest.Packet> packet) {
        goal.settle(new ChildGoal.Progress.Resolving());
        pacing.begun(goal);
        goal.tries++;
        addresses.next(goal.connection, answer -> onAddresses(goal, answer, true, packet));
    }

    /** So that its packets are held. */
    void setTrap(ChildGoal goal) {
        if (goal.trap == null && goal.child.isShunt()) {
            if (!traps.installShunt(goal)) {
                setTrapLater(goal);
            }
        } else if (goal.trap == null) {
            addresses.first(goal.connection, answer -> onAddresses(goal, answer, false, Optional.empty()));
        }
    }

    private void onAddresses(
            ChildGoal goal, PeerAddresses.Answer answer, boolean begin, Optional<ChildRequest.Packet> packet) {
        if (goal.desired == DesiredState.OFF) {
            goal.settle(new ChildGoal.Progress.Idle());
            return;
        }
        switch (answer) {
            case PeerAddresses.Answer.Found found -> {
                boolean stands = traps.install(goal, found.endpoints());
                if (!stands) {
                    setTrapLater(goal);
                }
                if (begin) {
                    begin(goal, found.endpoints(), packet);
                } else if (!stands && goal.progress instanceof ChildGoal.Progress.Idle) {
                    failed(goal);
                }
            }
            case PeerAddresses.Answer.NotFound notFound -> {
                traps.warn(goal, notFound.failure());
                setTrapLater(goal);
                if (begin || goal.progress instanceof ChildGoal.Progress.Idle) {
                    failed(goal);
                }
            }
        }
    }

    /** Whatever becomes of the child meanwhile: its packets are to be held when its SAs go. */
    private void setTrapLater(ChildGoal goal) {
        if (goal.trap == null && goal.trapRetry == null) {
            goal.trapRetry = environment.after(goal.trapBackoff.next(environment.random()), () -> {
                goal.trapRetry = null;
                if (goal.lacksTrap()) {
                    setTrap(goal);
                }
            });
        }
    }

    private void begin(ChildGoal goal, Endpoints endpoints, Optional<ChildRequest.Packet> packet) {
        ChildRequest request = new ChildRequest(goal.child, packet, () -> goal.acquireSeq);
        IkeSa ikeSa = ikeSas.forChild(goal.connection, endpoints);
        goal.settle(new ChildGoal.Progress.Negotiating(ikeSa));
        ikeSa.addChild(request);
    }

    /** What was tried has failed. */
    void failed(ChildGoal goal) {
        Optional<ChildGoal.Progress.Up> other = ikeSas.atWork(goal.connection.name(), goal.child.name());
        if (other.isPresent()) { // the peer has made it while we were refused
            goal.settle(other.get());
            return;
        }
        goal.settle(new ChildGoal.Progress.Idle());
        switch (goal.desired) {
            case UP -> {
                if (goal.isTriedEnough()) {
                    restUntilAsked(goal);
                } else {
                    retryLater(goal);
                }
            }
            case ON_DEMAND -> {
                if (goal.trap == null) {
                    retryLater(goal);
                }
            }
            case OFF -> {}
        }
    }

    /** Its packets are still held, and one of them asks again. */
    private void restUntilAsked(ChildGoal goal) {
        environment.emit(new IkeEvent.Warning(
                goal.connection.name(),
                goal.child.name(),
                "as many attempts have failed as keyingtries allows (" + goal.connection.keyingTries()
                        + "); a packet or a command asks for it again"));
        goal.tries = 0;
        goal.desired = DesiredState.ON_DEMAND;
        pursue(goal);
    }

    void retryLater(ChildGoal goal) {
        Duration delay = goal.backoff.next(environment.random());
        goal.settle(new ChildGoal.Progress.Waiting(environment.after(delay, () -> {
            goal.progress = new ChildGoal.Progress.Idle();
            pursue(goal);
        })));
        environment.emit(new IkeEvent.RetryScheduled(goal.connection.name(), goal.child.name(), delay));
    }
}
