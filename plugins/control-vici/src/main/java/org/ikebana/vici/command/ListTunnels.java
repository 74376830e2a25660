package org.ikebana.vici.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.LastFailures;
import org.ikebana.ike.control.Tunnel;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.kernel.SaUsage;
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
        for (Tunnel tunnel : Tunnel.all(daemon, failures)) {
            caller.stream(EVENT, message(tunnel));
        }
        return Message.EMPTY;
    }

    private static Message message(Tunnel tunnel) {
        MessageBuilder message = Message.with()
                .put("connection", tunnel.connection().name())
                .put("child", tunnel.child().name())
                .put("desired", word(tunnel.desired()))
                .put("state", word(tunnel.state()));
        tunnel.pair().ifPresent(up -> {
            message.put(
                    "local-host", up.ikeSa().endpoints().local().getAddress().getHostAddress());
            message.put(
                    "remote-host", up.ikeSa().endpoints().remote().getAddress().getHostAddress());
            message.put("established", up.child().age().toSeconds());
            up.child().untilRekey().map(Duration::toSeconds).ifPresent(seconds -> message.put("rekey-time", seconds));
            traffic(message, "in", up.child().inboundUsage());
            traffic(message, "out", up.child().outboundUsage());
        });
        tunnel.failure().ifPresent(last -> {
            message.put("failure", last.failure().sentence());
            message.put("failure-kind", last.failure().kind());
            message.list("failure-details", last.failure().details());
            message.put("failure-place", last.failure().place().map(SourceRef::toString));
            message.put("failure-question", last.failure().question());
            message.put("failure-age", last.age().toSeconds());
            last.untilRetry()
                    .filter(until -> tunnel.desired() == DesiredState.UP)
                    .ifPresent(until -> message.put("retry-time", until.toSeconds()));
        });
        return message.build();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void traffic(MessageBuilder message, String direction, Optional<SaUsage> usage) {
        usage.ifPresent(carried -> {
            message.put("bytes-" + direction, carried.bytes());
            message.put("packets-" + direction, carried.packets());
        });
    }
}
