package org.ikebana.daemon.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import org.ikebana.config.LogSettings;
import org.ikebana.ike.control.DaemonLog;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.service.LogHistory;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The daemon's log: its form, its levels, and its last lines. */
@Singleton
public final class Logging implements DaemonLog {
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final LogHistory history = new LogHistory();
    private final boolean isInJournal = Journal.takesOurs();
    private final HistoryAppender appender = new HistoryAppender(history);
    private LogSettings settings = LogSettings.DEFAULT;

    @Inject
    public Logging() {}

    /** From now on lines are kept, and printed as wherever they go to wants them. */
    public synchronized void start() {
        appender.setContext(loggers);
        appender.start();
        root().addAppender(appender);
        print(new LineLayout(isInJournal, settings.context()));
    }

    /** Lines are not kept any more. */
    void stop() {
        root().detachAppender(appender);
    }

    /** Puts a configuration into effect, at the start or after a reload. */
    public synchronized void configure(LogSettings wanted) {
        settings = wanted;
        print(new LineLayout(isInJournal, wanted.context()));
        reset();
    }

    @Override
    public Follower follow() {
        return history.follow();
    }

    @Override
    public synchronized Map<Subsystem, Level> levels() {
        Map<Subsystem, Level> levels = new EnumMap<>(Subsystem.class);
        for (Subsystem subsystem : Subsystem.values()) {
            int level = loggers.getLogger(subsystem.logger()).getEffectiveLevel().levelInt;
            levels.put(subsystem, HistoryAppender.level(level));
        }
        return levels;
    }

    @Override
    public synchronized void set(Subsystem subsystem, Level level) {
        LoggerNames.of(subsystem).forEach(name -> loggers.getLogger(name).setLevel(logback(level)));
    }

    @Override
    public synchronized void reset() {
        root().setLevel(logback(settings.level()));
        for (Subsystem subsystem : Subsystem.values()) {
            set(subsystem, settings.level(subsystem));
        }
    }

    /** Whoever has configured logback otherwise is left alone. */
    private void print(LineLayout layout) {
        if (root().getAppender(LogConfiguration.STDOUT) instanceof ConsoleAppender<ILoggingEvent> console) {
            console.setEncoder(LogConfiguration.encoder(loggers, layout));
        }
    }

    private Logger root() {
        return loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static ch.qos.logback.classic.Level logback(Level level) {
        return ch.qos.logback.classic.Level.convertAnSLF4JLevel(level);
    }
}
