package org.ikebana.vici.command;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * {@code log-level}, which strongSwan has not: sets how much parts of the daemon log, from now until the next reload, and answers
 * with what holds then. {@code reset = yes} goes back to the configuration first, {@code levels} has a level by part, or by
 * {@code all}.
 */
public final class LogLevels implements Command {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");
    private static final String ALL = "all";

    private final DaemonControl daemon;

    public LogLevels(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "log-level";
    }

    @Override
    public Message run(Message request, Caller caller) {
        Map<Subsystem, Level> wanted = new EnumMap<>(Subsystem.class);
        for (Element.Section section : request.sections()) {
            if (section.name().equals("levels")) {
                for (Element element : section.content().elements()) {
                    Optional<String> mistake = read(
                            element.name(),
                            section.content().text(element.name()).orElse(""),
                            wanted);
                    if (mistake.isPresent()) {
                        return Answer.failure(mistake.get());
                    }
                }
            }
        }
        if (request.isYes("reset")) {
            daemon.log().reset();
        }
        wanted.forEach(daemon.log()::set);
        if (!wanted.isEmpty()) {
            LOG.info("the log's levels are set by hand, until the next reload: {}", wanted);
        }
        return levels();
    }

    /** The levels by which lines may be picked. */
    static Optional<Level> level(String word) {
        return Stream.of(Level.values())
                .filter(level -> word(level).equals(word))
                .findFirst();
    }

    static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private Message levels() {
        MessageBuilder levels = Message.with();
        daemon.log().levels().forEach((subsystem, level) -> levels.put(subsystem.word(), word(level)));
        return Message.with().put("success", "yes").section("levels", levels).build();
    }

    /** @return what is wrong */
    private static Optional<String> read(String part, String word, Map<Subsystem, Level> wanted) {
        Optional<Level> level = level(word);
        List<Subsystem> meant = part.equals(ALL)
                ? List.of(Subsystem.values())
                : Subsystem.of(part).stream().toList();
        if (meant.isEmpty()) {
            return Optional.of("there is no part " + printable(part) + ": it is " + ALL + " or one of " + words());
        }
        if (level.isEmpty()) {
            return Optional.of("there is no level " + printable(word) + ": it is error, warn, info, debug or trace");
        }
        meant.forEach(subsystem -> wanted.put(subsystem, level.get()));
        return Optional.empty();
    }

    static String words() {
        return Stream.of(Subsystem.values()).map(Subsystem::word).collect(Collectors.joining(", "));
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
