package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Key.of;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.event.Level;

/** What of {@code ikebana.conf} is about the log. */
public final class LogKeys {
    private static final Choice<Level> LEVEL = Choice.<Level>none()
            .word("error", Level.ERROR)
            .word("warn", Level.WARN)
            .word("info", Level.INFO)
            .word("debug", Level.DEBUG)
            .word("trace", Level.TRACE);

    public static final Key<Level> LOG_LEVEL = of(
            "log_level",
            LEVEL,
            "info",
            "how much is logged; in effect at every reload, and until then 'ikebana log-level' can change it");
    public static final Key<Boolean> LOG_CONTEXT = of(
            "log_context",
            Choice.BOOLEAN,
            "no",
            "whether each line names what it is about: connection, IKE SA with both SPIs, child with both SPIs");

    /** By part of the daemon. */
    public static final Map<Subsystem, Key<Level>> LEVELS =
            Stream.of(Subsystem.values()).collect(Collectors.toUnmodifiableMap(Function.identity(), LogKeys::level));

    /** The levels of parts of the daemon. */
    public static final SectionType LOG_LEVELS = SectionType.of(
            "log_levels",
            "how much is logged by parts of the daemon",
            Stream.of(Subsystem.values()).<Key<?>>map(LEVELS::get).toList(),
            List.of());

    private LogKeys() {}

    private static Key<Level> level(Subsystem subsystem) {
        String preset = subsystem == Subsystem.DAEMON ? "log_level, and info at the least" : "log_level";
        return derived(subsystem.word(), LEVEL, preset, meaning(subsystem));
    }

    private static String meaning(Subsystem subsystem) {
        return switch (subsystem) {
            case DAEMON -> "start and stop";
            case IKE -> "IKE SAs: negotiations, rekeyings, moves, failures";
            case CHILD -> "child SAs and traps, and when they are tried again";
            case NET -> "sockets and retransmissions; at debug a line for each IKE message";
            case KERNEL -> "what protects packets: SAs, policies, routes, interfaces";
            case AUTH -> "certificates, keys, tokens, revocation";
            case CONFIG -> "the files of the configuration";
            case CONTROL -> "vici and metrics";
            case UPDOWN -> "scripts";
        };
    }
}
