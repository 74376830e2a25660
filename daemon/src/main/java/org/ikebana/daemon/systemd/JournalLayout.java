package org.ikebana.daemon.systemd;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.stream.Collectors;

/** Lines for the journal: it keeps the time itself, and takes the priority from the number before each line (sd-daemon(3)). */
final class JournalLayout extends LayoutBase<ILoggingEvent> {
    private static final String ERROR = "<3>";
    private static final String WARNING = "<4>";
    private static final String INFORMATION = "<6>";
    private static final String DEBUG = "<7>";

    private final ThrowableProxyConverter trace = new ThrowableProxyConverter();

    @Override
    public void start() {
        trace.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String priority = priority(event.getLevel());
        return (event.getFormattedMessage() + "\n" + trace.convert(event))
                .lines()
                .map(line -> priority + line + "\n")
                .collect(Collectors.joining());
    }

    private static String priority(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> ERROR;
            case Level.WARN_INT -> WARNING;
            case Level.INFO_INT -> INFORMATION;
            default -> DEBUG;
        };
    }
}
