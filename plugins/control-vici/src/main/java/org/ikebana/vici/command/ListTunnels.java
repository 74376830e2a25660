package org.ikebana.vici.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.vici.report.LastFailures;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/**
 * {@code list-tunnels}, which strongSwan has not: an event {@code list-tunnel} for each configured child, with what it is to
 * be, what it is, and why its last attempt has failed. Times are in seconds.
 */
public final class ListTunnels implements Command {
    private static final String EVENT = "list-tunnel";

    private final DaemonControl daemon;
    private final LastFailures failures;

    public ListTunnels(DaemonControl daemon, LastFailures failures) {
        this.daemon = daemon;
        this.failures = failures;
    }

    /** @param standing {@code pass} or {@code drop}, where there are policies alone, which stand */
    private record Goal(String connection, String child, DesiredState desired, Optional<String> standing) {}

    private record Pair(IkeSaStatus ikeSa, ChildSaStatus child) {}

    @Override
    public String name() {
        return "list-tunnels";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        List<Goal> goals = daemon.ask(ListTunnels::goals);
        List<IkeSaStatus> ikeSas = daemon.ikeSas(any -> true);
        Map<String, Pair> pairs = pairs(ikeSas);
        Set<String> connecting = Set.copyOf(ikeSas.stream()
                .filter(ikeSa -> ikeSa.stage() == IkeSaStatus.Stage.CONNECTING)
                .map(ikeSa -> ikeSa.name().connection())
                .toList());
        for (Goal goal : goals) {
            Optional<Pair> pair = Optional.ofNullable(pairs.get(key(goal.connection(), goal.child())));
            caller.stream(EVENT, tunnel(goal, pair, connecting.contains(goal.connection())));
        }
        return Message.EMPTY;
    }

    private Message tunnel(Goal goal, Optional<Pair> pair, boolean connecting) {
        MessageBuilder tunnel = Message.with()
                .put("connection", goal.connection())
                .put("child", goal.child())
                .put("desired", goal.desired().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("state", goal.standing().orElse(pair.isPresent() ? "up" : connecting ? "connecting" : "down"));
        pair.ifPresent(up -> {
            tunnel.put("local-host", up.ikeSa().endpoints().local().getAddress().getHostAddress());
            tunnel.put(
                    "remote-host", up.ikeSa().endpoints().remote().getAddress().getHostAddress());
            tunnel.put("established", up.child().age().toSeconds());
            up.child().untilRekey().map(Duration::toSeconds).ifPresent(seconds -> tunnel.put("rekey-time", seconds));
            traffic(tunnel, "in", up.child().inboundUsage());
            traffic(tunnel, "out", up.child().outboundUsage());
        });
        failures.of(goal.connection(), goal.child()).ifPresent(last -> {
            tunnel.put("failure", last.failure().sentence());
            tunnel.put("failure-kind", last.failure().kind());
            tunnel.list("failure-details", last.failure().details());
            tunnel.put("failure-place", last.failure().place().map(SourceRef::toString));
            tunnel.put("failure-age", last.age().toSeconds());
            last.untilRetry()
                    .filter(until -> goal.desired() == DesiredState.UP)
                    .ifPresent(until -> tunnel.put("retry-time", until.toSeconds()));
        });
        return tunnel.build();
    }

    private static void traffic(MessageBuilder tunnel, String direction, Optional<SaUsage> usage) {
        usage.ifPresent(carried -> {
            tunnel.put("bytes-" + direction, carried.bytes());
            tunnel.put("packets-" + direction, carried.packets());
        });
    }

    private static List<Goal> goals(IkeEngine engine) {
        List<Goal> goals = new ArrayList<>();
        for (ConnectionConfig connection : engine.connections()) {
            for (ChildConfig child : connection.children()) {
                DesiredState desired =
                        engine.desired(connection.name(), child.name()).orElse(DesiredState.OFF);
                goals.add(new Goal(connection.name(), child.name(), desired, standing(engine, connection, child)));
            }
        }
        goals.sort(Comparator.comparing(Goal::connection).thenComparing(Goal::child));
        return goals;
    }

    private static Optional<String> standing(IkeEngine engine, ConnectionConfig connection, ChildConfig child) {
        return child.shunt()
                .filter(action -> Uninstall.stands(engine, new ConfiguredChild(connection.name(), child)))
                .map(action -> switch (action) {
                    case ALLOW -> "pass";
                    case BLOCK -> "drop";
                });
    }

    /** Of several pairs of a child the newest. */
    private static Map<String, Pair> pairs(List<IkeSaStatus> ikeSas) {
        Map<String, Pair> pairs = new HashMap<>();
        for (IkeSaStatus ikeSa : ikeSas) {
            for (ChildSaStatus child : ikeSa.children()) {
                if (child.stage() == ChildSaStatus.Stage.INSTALLED) {
                    pairs.merge(
                            key(ikeSa.name().connection(), child.config().name()),
                            new Pair(ikeSa, child),
                            (one, other) -> one.child().name().number()
                                            > other.child().name().number()
                                    ? one
                                    : other);
                }
            }
        }
        return pairs;
    }

    private static String key(String connection, String child) {
        return connection + "\n" + child;
    }
}
