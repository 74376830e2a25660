package org.ikebana.kernel.linux;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a package logs while it is open; the console is spared. */
public final class LogCapture implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    public LogCapture(Class<?> member) {
        logger = (Logger) LoggerFactory.getLogger(member.getPackageName());
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.list = new CopyOnWriteArrayList<>(); // read while other threads log
        lines.start();
        logger.addAppender(lines);
    }

    /** As {@code WARN the words}. */
    public List<String> lines() {
        return lines.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
