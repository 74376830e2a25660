package org.ikebana.daemon.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalLayoutTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void theJournalTakesThePriorityFromEachLine() {
        assertThat(line(Level.ERROR, "it failed", null)).isEqualTo("<3>it failed\n");
        assertThat(line(Level.WARN, "it may fail", null)).isEqualTo("<4>it may fail\n");
        assertThat(line(Level.INFO, "it works\nwell", null)).isEqualTo("<6>it works\n<6>well\n");
        assertThat(line(Level.TRACE, "it is there", null)).isEqualTo("<7>it is there\n");
    }

    @Test
    void soDoTheLinesOfATrace() {
        assertThat(line(Level.ERROR, "it failed", new IllegalStateException("why")))
                .startsWith("<3>it failed\n<3>java.lang.IllegalStateException: why\n<3>\tat ")
                .doesNotContain("\n\n");
    }

    @Test
    void standardOutputOfATestIsNotTheJournal() {
        assertThat(LogConfiguration.isJournal(null)).isFalse();
        assertThat(LogConfiguration.isJournal("8:1")).isFalse();
    }

    private String line(Level level, String message, @Nullable Throwable thrown) {
        JournalLayout layout = new JournalLayout();
        layout.setContext(context);
        layout.start();
        return layout.doLayout(
                new LoggingEvent("test", context.getLogger("ikebana"), level, message, thrown, new Object[0]));
    }
}
