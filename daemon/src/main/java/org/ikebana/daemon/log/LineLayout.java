package org.ikebana.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of the log as it is printed. For a terminal or a file it has its time and level; the journal has a time of its own, and
 * takes the level as a priority (sd-daemon(3)).
 *
 * @see Journal
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private final boolean forJournal;
    private final boolean withContext;

    /** @param withContext whether a line says what it is about */
    LineLayout(boolean forJournal, boolean withContext) {
        this.forJournal = forJournal;
        this.withContext = withContext;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String prefix = forJournal
                ? "<" + priority(event.getLevel()) + ">"
                : "%s %-5s ".formatted(Time.FORMAT.format(event.getInstant()), event.getLevel());
        String text = prefix + printable(event.getFormattedMessage()) + context(event.getMDCPropertyMap());
        if (event.getThrowableProxy() != null) {
            text += "\n"
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
        }
        return (forJournal ? text.replace("\n", "\n" + prefix) : text) + "\n";
    }

    /** Of its own, as reading time zones takes a while, and the journal wants none. */
    private static final class Time {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    }

    /** What a message quotes, such as what a peer says of itself, makes no line of its own. */
    private static String printable(String message) {
        return message.chars().anyMatch(Character::isISOControl) ? message.replaceAll("\\p{Cntrl}", "?") : message;
    }

    /** {@code  {connection=site-b, ike=1}}. */
    private String context(Map<String, String> fields) {
        return withContext && !fields.isEmpty()
                ? fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .sorted()
                        .collect(Collectors.joining(", ", " {", "}"))
                : "";
    }

    /** As syslog(3) numbers them. */
    private static int priority(Level level) {
        return switch (level.levelInt) {
            case Level.ERROR_INT -> 3;
            case Level.WARN_INT -> 4;
            case Level.INFO_INT -> 6;
            default -> 7;
        };
    }
}
