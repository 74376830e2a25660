package org.ikebana.daemon.systemd;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs to standard output, for people or for the journal. In code, because reading it from a file would take a tenth of the
 * time to start; where somebody has put a {@code logback.xml}, that counts.
 */
@ConfiguratorRank(ConfiguratorRank.FALLBACK)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    private static final String FOR_PEOPLE = "%d{HH:mm:ss.SSS} %-5level %msg%n%ex";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Layout<ILoggingEvent> layout = isJournal(System.getenv("JOURNAL_STREAM")) ? new JournalLayout() : forPeople();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger("ikebana.life").setLevel(Level.INFO); // start and stop show at any level
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Whether standard output still is the journal's socket, and not what a shell has put in its place (systemd.exec(5)). */
    static boolean isJournal(@Nullable String stream) {
        if (stream == null) {
            return false;
        }
        try {
            Path output = Path.of("/proc/self/fd/1");
            return stream.equals(Files.getAttribute(output, "unix:dev") + ":" + Files.getAttribute(output, "unix:ino"));
        } catch (IOException e) {
            return false; // closed, or no /proc here
        }
    }

    private static Layout<ILoggingEvent> forPeople() {
        PatternLayout layout = new PatternLayout();
        layout.setPattern(FOR_PEOPLE);
        return layout;
    }
}
