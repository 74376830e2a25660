package org.ikebana.daemon.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Collections;
import java.util.TreeMap;
import org.ikebana.ike.control.LogEntry;
import org.ikebana.ike.service.LogHistory;
import org.slf4j.event.Level;

/** Keeps the last lines. */
final class HistoryAppender extends AppenderBase<ILoggingEvent> {
    /** Logback's numbers are slf4j's, times this. */
    private static final int LOGBACK_STEP = 1000;

    private final LogHistory history;

    HistoryAppender(LogHistory history) {
        this.history = history;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String failure = event.getThrowableProxy() == null
                ? ""
                : ": " + event.getThrowableProxy().getClassName() + ": "
                        + event.getThrowableProxy().getMessage();
        history.add(new LogEntry(
                event.getInstant(),
                level(event.getLevel().levelInt),
                LoggerNames.subsystem(event.getLoggerName()),
                event.getFormattedMessage() + failure,
                Collections.unmodifiableMap(new TreeMap<>(event.getMDCPropertyMap()))));
    }

    /** @param logback its number */
    static Level level(int logback) {
        return Level.intToLevel(logback / LOGBACK_STEP);
    }
}
