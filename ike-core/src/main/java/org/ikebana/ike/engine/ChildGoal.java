package org.ikebana.ike.engine;

import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.StandingPolicies;
import org.jspecify.annotations.Nullable;

/** What is wanted of one configured child, and how far it has come. Belongs to the {@link Reconciler}. */
final class ChildGoal {
    final Backoff backoff = new Backoff();
    final Backoff partBackoff = new Backoff();
    final Backoff trapBackoff = new Backoff();
    /** As configured now. */
    ConnectionConfig connection;

    ChildConfig child;

    DesiredState desired;
    Progress progress = new Progress.Idle();

    @Nullable StandingPolicies trap;

    /** Of the configuration or the addresses before; stands until {@link #trap} does. */
    @Nullable StandingPolicies formerTrap;

    /** Until the rest is asked for, where only a part is up. */
    @Nullable Timer completion;

    /** Until its trap is set, where that has failed. */
    @Nullable Timer trapRetry;

    int acquireSeq;

    /** Attempts since it was up, or since somebody has asked for it. */
    int tries;

    /** Where it stands. */
    sealed interface Progress {
        record Idle() implements Progress {}

        /**
         * Others come before it.
         *
         * @param turn is this one's, and no other's
         */
        record Queued(Object turn) implements Progress {}

        /** The peer's address is being looked up. */
        record Resolving() implements Progress {}

        record Negotiating(IkeSa ikeSa) implements Progress {}

        record Waiting(Timer timer) implements Progress {}

        record Up(IkeSa ikeSa, ChildSa childSa) implements Progress {}
    }

    ChildGoal(ConnectionConfig connection, ChildConfig child, DesiredState desired) {
        this.connection = connection;
        this.child = child;
        this.desired = desired;
    }

    /** What the child's {@code start_action} asks for. Policies alone either stand or do not. */
    static Optional<DesiredState> configured(ChildConfig child) {
        return DesiredState.of(child.startAction()).map(state -> possible(child, state));
    }

    static DesiredState possible(ChildConfig child, DesiredState wanted) {
        return child.isShunt() && wanted == DesiredState.UP ? DesiredState.ON_DEMAND : wanted;
    }

    Optional<StandingPolicies> trap() {
        return Optional.ofNullable(trap);
    }

    boolean isIdle() {
        return progress instanceof Progress.Idle
                || progress instanceof Progress.Waiting
                || progress instanceof Progress.Queued;
    }

    boolean isUnderWay() {
        return progress instanceof Progress.Resolving || progress instanceof Progress.Negotiating;
    }

    void settle(Progress next) {
        if (progress instanceof Progress.Waiting waiting && !next.equals(waiting)) {
            waiting.timer().cancel();
        }
        progress = next;
    }

    void cancelCompletion() {
        if (completion != null) {
            completion.cancel();
            completion = null;
        }
    }

    void cancelTrapRetry() {
        if (trapRetry != null) {
            trapRetry.cancel();
            trapRetry = null;
        }
    }

    /** An SA of it has this reqid. */
    boolean has(int reqid) {
        return progress instanceof Progress.Up up
                && up.ikeSa().childSas().stream()
                        .anyMatch(
                                sa -> sa.reqid() == reqid && sa.config().name().equals(child.name()));
    }

    /** An action that the configuration names; {@code none} only counts where it is written down. */
    void adopt(StartAction action, String key) {
        if (action == StartAction.NONE && child.places().containsKey(key)) {
            desired = DesiredState.OFF;
        }
        DesiredState.of(action).ifPresent(named -> desired = named);
    }

    /** Until there is traffic again. */
    void rest() {
        if (desired == DesiredState.UP) {
            desired = DesiredState.ON_DEMAND;
        }
    }

    /** As {@code keyingtries} has it. */
    boolean isTriedEnough() {
        return connection.keyingTries() > 0 && tries >= connection.keyingTries();
    }

    /** What a command has wanted; what {@code start_action} did is over when it says so no more. */
    DesiredState commanded() {
        return configured(child).isPresent() ? DesiredState.OFF : desired;
    }

    boolean lacksTrap() {
        return desired != DesiredState.OFF && trap == null;
    }

    boolean isFor(ChildSa sa) {
        return progress instanceof Progress.Up up && up.childSa().name().equals(sa.name());
    }
}
