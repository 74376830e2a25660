package org.ikebana.vici.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.DaemonLog;
import org.ikebana.ike.control.LogEntry;
import org.ikebana.ike.event.EventContext;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import org.slf4j.event.Level;

/**
 * {@code log-lines}, which strongSwan has not: an event {@code log-line} for each of the last lines of the daemon's log, and with
 * {@code follow = yes} for those to come, until the client goes. {@code connection}, {@code subsystem} and {@code level}, the
 * least that counts, pick some of them.
 */
public final class LogLines implements Command {
    private static final String EVENT = "log-line";
    private static final Duration LONG = Duration.ofMinutes(1);

    private final DaemonControl daemon;

    public LogLines(DaemonControl daemon) {
        this.daemon = daemon;
    }

    private record Choice(Optional<String> connection, Optional<Subsystem> subsystem, Level least) {
        boolean takes(LogEntry entry) {
            return entry.level().toInt() >= least.toInt()
                    && subsystem.filter(wanted -> wanted != entry.subsystem()).isEmpty()
                    && connection
                            .filter(wanted -> !wanted.equals(entry.context().get(EventContext.CONNECTION)))
                            .isEmpty();
        }
    }

    @Override
    public String name() {
        return "log-lines";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<Subsystem> subsystem = request.text("subsystem").flatMap(Subsystem::of);
        if (subsystem.isEmpty() && request.text("subsystem").isPresent()) {
            return Answer.failure("there is no such subsystem: it is one of " + LogLevels.words());
        }
        Optional<Level> level = LogLevels.level(request.text("level").orElse("trace"));
        if (level.isEmpty()) {
            return Answer.failure("there is no such level: it is error, warn, info, debug or trace");
        }
        Choice choice = new Choice(request.text("connection"), subsystem, level.get());
        try (DaemonLog.Follower lines = daemon.log().follow()) {
            Optional<LogEntry> line = lines.next(Duration.ZERO);
            boolean isFollowing = request.isYes("follow");
            while (line.isPresent() || isFollowing) {
                if (line.filter(choice::takes).isPresent()) {
                    caller.stream(EVENT, message(line.get()));
                }
                long lost = lines.lost();
                if (lost > 0) {
                    caller.stream(EVENT, Message.with().put("lost", lost).build());
                }
                line = lines.next(isFollowing ? LONG : Duration.ZERO);
            }
        }
        return Answer.success();
    }

    private static Message message(LogEntry line) {
        MessageBuilder context = Message.with();
        for (Map.Entry<String, String> field : line.context().entrySet()) {
            context.put(field.getKey(), field.getValue());
        }
        return Message.with()
                .put("time", line.time().toString())
                .put("level", LogLevels.word(line.level()))
                .put("subsystem", line.subsystem().word())
                .put("msg", line.text())
                .section("context", context)
                .build();
    }
}
