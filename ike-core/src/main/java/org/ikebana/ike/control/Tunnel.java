package org.ikebana.ike.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;

/**
 * A configured child with what it is to be, what it is, and why its last attempt has failed.
 *
 * @param pair the newest that is at work, with what it has carried; there is one exactly while the tunnel is up
 */
public record Tunnel(
        ConnectionConfig connection,
        ChildConfig child,
        DesiredState desired,
        State state,
        Optional<Pair> pair,
        Optional<LastFailures.Report> failure) {
    private static final Comparator<Goal> BY_NAME = Comparator.comparing(
                    (Goal goal) -> goal.connection().name())
            .thenComparing(goal -> goal.child().name());

    /** What becomes of it now. */
    public enum State {
        UP,
        /** An IKE SA for it is being negotiated. */
        CONNECTING,
        /** Policies stand that let its traffic pass in clear: {@code mode = pass}. */
        PASS,
        /** Policies stand that drop its traffic: {@code mode = drop}. */
        DROP,
        DOWN
    }

    /** A child SA, and the IKE SA that it belongs to. */
    public record Pair(IkeSaStatus ikeSa, ChildSaStatus child) {
        private Pair newer(Pair other) {
            return child.name().number() > other.child.name().number() ? this : other;
        }
    }

    /** @param standing where policies alone are wanted, and stand */
    private record Goal(
            ConnectionConfig connection, ChildConfig child, DesiredState desired, Optional<State> standing) {
        TunnelName name() {
            return new TunnelName(connection.name(), child.name());
        }
    }

    public TunnelName name() {
        return new TunnelName(connection.name(), child.name());
    }

    /** All that are configured, by their names. */
    public static List<Tunnel> all(DaemonControl daemon, LastFailures failures) throws InterruptedException {
        return all(daemon.ask(Tunnel::goals), daemon.ikeSas(any -> true), failures);
    }

    /** The same where all IKE SAs have been asked for. */
    public static List<Tunnel> all(DaemonControl daemon, List<IkeSaStatus> ikeSas, LastFailures failures)
            throws InterruptedException {
        return all(daemon.ask(Tunnel::goals), ikeSas, failures);
    }

    private static List<Tunnel> all(List<Goal> goals, List<IkeSaStatus> ikeSas, LastFailures failures) {
        Map<TunnelName, Pair> pairs = pairs(ikeSas);
        Set<String> connecting = ikeSas.stream()
                .filter(ikeSa -> ikeSa.stage() == IkeSaStatus.Stage.CONNECTING)
                .map(ikeSa -> ikeSa.name().connection())
                .collect(Collectors.toSet());
        List<Tunnel> tunnels = new ArrayList<>(goals.size());
        for (Goal goal : goals) {
            Optional<Pair> pair = Optional.ofNullable(pairs.get(goal.name()));
            State unless = connecting.contains(goal.connection().name()) ? State.CONNECTING : State.DOWN;
            State state = pair.isPresent() ? State.UP : goal.standing().orElse(unless);
            tunnels.add(
                    new Tunnel(goal.connection(), goal.child(), goal.desired(), state, pair, failures.of(goal.name())));
        }
        return tunnels;
    }

    private static List<Goal> goals(IkeEngine engine) {
        Set<TunnelName> standing = engine.traps().stream()
                .map(trap -> new TunnelName(trap.connection(), trap.child().name()))
                .collect(Collectors.toSet());
        List<Goal> goals = new ArrayList<>();
        for (ConnectionConfig connection : engine.connections()) {
            for (ChildConfig child : connection.children()) {
                DesiredState desired =
                        engine.desired(connection.name(), child.name()).orElse(DesiredState.OFF);
                Optional<State> shunt = child.shunt()
                        .filter(action -> standing.contains(new TunnelName(connection.name(), child.name())))
                        .map(action -> switch (action) {
                            case ALLOW -> State.PASS;
                            case BLOCK -> State.DROP;
                        });
                goals.add(new Goal(connection, child, desired, shunt));
            }
        }
        goals.sort(BY_NAME);
        return goals;
    }

    private static Map<TunnelName, Pair> pairs(List<IkeSaStatus> ikeSas) {
        Map<TunnelName, Pair> pairs = new HashMap<>();
        for (IkeSaStatus ikeSa : ikeSas) {
            for (ChildSaStatus child : ikeSa.children()) {
                if (child.stage() == ChildSaStatus.Stage.INSTALLED) {
                    TunnelName name = new TunnelName(
                            ikeSa.name().connection(), child.config().name());
                    pairs.merge(name, new Pair(ikeSa, child), Pair::newer);
                }
            }
        }
        return pairs;
    }
}
