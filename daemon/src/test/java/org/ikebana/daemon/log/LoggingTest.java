package org.ikebana.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.config.LogSettings;
import org.ikebana.ike.control.DaemonLog;
import org.ikebana.ike.control.LogEntry;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.LogHistory;
import org.ikebana.ike.ts.TrafficSelector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
    private static final IkeSaName SA = new IkeSaName("site-b", 3, 0x0102030405060708L, 0xf1f2f3f4f5f6f7f8L);

    private final Logging logging = new Logging();
    private final Level before = root().getLevel();

    @BeforeEach
    void start() {
        logging.start();
        logging.configure(LogSettings.DEFAULT);
    }

    @AfterEach
    void stop() {
        logging.stop();
        for (Subsystem subsystem : Subsystem.values()) {
            LoggerNames.of(subsystem).forEach(name -> logger(name).setLevel(null));
        }
        root().setLevel(before);
    }

    @Test
    void anEventIsALineWithWhatItIsAboutAndLeavesNothingBehind() throws Exception {
        EventLog.log(new IkeEvent.ChildSaClosed(SA, new ChildSaName("lan", 7), new Spi(0xc1), new Spi(0xc2), "a test"));

        LogEntry line = onlyLine();
        assertThat(line.subsystem()).isEqualTo(Subsystem.CHILD);
        assertThat(line.text()).isEqualTo("site-b[3]: child SA lan{7} closed: a test, SPIs in 000000c1 out 000000c2");
        assertThat(line.context())
                .isEqualTo(Map.of(
                        "connection", "site-b",
                        "ike", "3",
                        "spi-i", "0102030405060708",
                        "spi-r", "f1f2f3f4f5f6f7f8",
                        "child", "lan",
                        "child-spi-in", "000000c1",
                        "child-spi-out", "000000c2"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void whatIsNotLoggedIsNotWorkedOut() throws Exception {
        List<TrafficSelector> untouchable = new AbstractList<>() {
            @Override
            public TrafficSelector get(int index) {
                throw new AssertionError("a line is made that nobody wants");
            }

            @Override
            public int size() {
                throw new AssertionError("a line is made that nobody wants");
            }
        };
        logging.set(Subsystem.CHILD, org.slf4j.event.Level.WARN);

        EventLog.log(new IkeEvent.TrapInstalled("site-b", "lan", 1, untouchable, untouchable));
        try (DaemonLog.Follower lines = logging.follow()) {
            assertThat(lines.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void partsHaveLevelsOfTheirOwnUntilTheConfigurationIsReadAgain() {
        LogSettings quiet =
                new LogSettings(org.slf4j.event.Level.ERROR, Map.of(Subsystem.NET, org.slf4j.event.Level.DEBUG), false);
        logging.configure(quiet);
        assertThat(logging.levels())
                .containsEntry(Subsystem.IKE, org.slf4j.event.Level.ERROR)
                .containsEntry(Subsystem.NET, org.slf4j.event.Level.DEBUG)
                .as("start and stop always show")
                .containsEntry(Subsystem.DAEMON, org.slf4j.event.Level.INFO);
        assertThat(logger("org.ikebana.kernel.udp.ReceiveLoop").isDebugEnabled())
                .isTrue();
        assertThat(logger("org.ikebana.kernel.xfrm.Departures").isWarnEnabled()).isFalse();

        logging.set(Subsystem.KERNEL, org.slf4j.event.Level.TRACE);
        assertThat(logger("org.ikebana.kernel.xfrm.Departures").isTraceEnabled())
                .isTrue();
        assertThat(logger("org.ikebana.kernel.udp.ReceiveLoop").isTraceEnabled())
                .as("the net's")
                .isFalse();

        logging.configure(quiet);
        assertThat(logging.levels()).containsEntry(Subsystem.KERNEL, org.slf4j.event.Level.ERROR);
    }

    @Test
    void theLastLinesAreKeptAndOneWhoIsTooSlowHearsHowManyItHasMissed() throws Exception {
        Logger logger = logger("ikebana.control.vici");
        int all = LogHistory.LINES + 7;
        for (int i = 1; i <= all; i++) {
            logger.info("line {}", i);
        }
        try (DaemonLog.Follower lines = logging.follow()) {
            assertThat(lines.next(Duration.ZERO).map(LogEntry::text)).contains("line 8");
            for (int i = 0; i < 3 * LogHistory.LINES; i++) {
                logger.info("more");
            }
            assertThat(lines.lost()).isEqualTo(LogHistory.LINES * 2 - 1L);
            assertThat(lines.lost()).isZero();
            assertThat(lines.next(Duration.ZERO).map(LogEntry::subsystem)).contains(Subsystem.CONTROL);
        }
    }

    @Test
    void theJournalIsToldThePriorityOfEachLineAndNoTime() {
        LoggingEvent event = event(Level.ERROR, "broken", new IllegalStateException("why"), Map.of());
        assertThat(new LineLayout(true, false).doLayout(event).lines())
                .allMatch(line -> line.startsWith("<3>"))
                .startsWith("<3>broken", "<3>java.lang.IllegalStateException: why");
        assertThat(new LineLayout(true, false).doLayout(event(Level.WARN, "w", null, Map.of())))
                .isEqualTo("<4>w\n");
        assertThat(new LineLayout(true, false).doLayout(event(Level.TRACE, "t", null, Map.of())))
                .isEqualTo("<7>t\n");
        assertThat(new LineLayout(false, false).doLayout(event(Level.INFO, "i", null, Map.of())))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  i\n");
    }

    @Test
    void aLineSaysWhatItIsAboutIfThatIsAskedFor() {
        LoggingEvent event = event(Level.INFO, "up", null, Map.of("connection", "site-b", "ike", "3"));
        assertThat(new LineLayout(true, true).doLayout(event)).isEqualTo("<6>up {connection=site-b, ike=3}\n");
        assertThat(new LineLayout(true, false).doLayout(event)).isEqualTo("<6>up\n");
    }

    @Test
    void nothingOfAPeerBeginsALineOfItsOwn() {
        assertThat(new LineLayout(true, false).doLayout(event(Level.INFO, "of \"a\n<0>forged\r\"", null, Map.of())))
                .isEqualTo("<6>of \"a?<0>forged?\"\n");
    }

    @Test
    void aFileThatIsNamedForLogbackCounts() {
        LogConfiguration configuration = new LogConfiguration();
        assertThat(configuration.configure(new LoggerContext())).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, "mine.xml");
        try {
            LoggerContext context = new LoggerContext();
            assertThat(configuration.configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
            assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                    .isExhausted();
        } finally {
            System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
        }
    }

    private LogEntry onlyLine() throws InterruptedException {
        try (DaemonLog.Follower lines = logging.follow()) {
            Optional<LogEntry> first = lines.next(Duration.ZERO);
            assertThat(lines.next(Duration.ZERO)).isEmpty();
            return first.orElseThrow();
        }
    }

    private static LoggingEvent event(
            Level level, String text, @Nullable Throwable failure, Map<String, String> context) {
        LoggingEvent event = new LoggingEvent("", logger("ikebana.ike"), level, text, failure, new Object[0]);
        event.setMDCPropertyMap(context);
        return event;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static Logger root() {
        return logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
