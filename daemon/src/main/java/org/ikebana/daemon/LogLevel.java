package org.ikebana.daemon;

import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The level of the log, as {@code ikebana.conf} sets it. */
final class LogLevel {
    private LogLevel() {}

    static void set(Level level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
        }
    }
}
