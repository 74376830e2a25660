package org.ikebana.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.LogSettings;
import org.ikebana.daemon.log.Logging;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.ReloadException;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.service.ServiceControl;
import org.ikebana.kernel.memory.MemoryKernelProvider;
import org.ikebana.vici.ViciPlugin;
import org.ikebana.vici.wire.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ikebana status} and its like say of two daemons: one tunnel comes up, of the other the peer wants no part. */
@Timeout(120)
class ControlCommandsTest {
    private static final String CONF = """
            connections {
              site {
                local_addrs = 127.0.0.1
                remote_addrs = 127.0.0.1
                local_port = %d
                remote_port = %d
                mobike = no
                local { auth = psk
                  id = %s }
                remote { auth = psk
                  id = %s }
                children {
                  lan { local_ts = %s
                    remote_ts = %s
                    start_action = %s }
                  voip { local_ts = %s
                    remote_ts = 10.9.0.0/16 }
                }
              }
            }
            secrets { ike-site { secret = "well known" } }
            """;

    @TempDir
    private Path folder = Path.of("");

    private final CryptoRegistry crypto = CryptoRegistry.standard();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Logging logging = new Logging();
    private IkeService west;
    private IkeService east;
    private volatile boolean mistaken;

    /** What a command has printed. */
    private record Result(int status, String out, String err) {}

    @Command(
            subcommands = {
                StatusCommand.class,
                ExplainCommand.class,
                UpCommand.class,
                DownCommand.class,
                RekeyCommand.class,
                ReloadCommand.class,
                CountersCommand.class,
                LogsCommand.class,
                ProbeCommand.class,
                LogLevelCommand.class
            })
    private static final class Program {}

    @BeforeEach
    void start() throws Exception {
        west = service(EventLog::log);
        east = service(event -> {});
        Configuration eastern = configuration(
                east.port(), west.port(), "east", "west", "10.2.0.0/16", "10.1.0.0/16", "none", "10.7.0.0/16");
        east.load(eastern.connections(), eastern.credentials());
        Configuration western = configuration(
                west.port(), east.port(), "west", "east", "10.1.0.0/16", "10.2.0.0/16", "start", "10.8.0.0/16");
        DaemonFacts facts = new DaemonFacts("1", Instant.now(), List.of("vici"), folder, Map.of());
        logging.start();
        logging.configure(LogSettings.DEFAULT);
        ServiceControl control = new ServiceControl(west, crypto, facts, logging, reloading -> {
            if (mistaken) {
                throw new ReloadException("swanctl.conf:3:5: no such key");
            }
        });
        ControlPlugin.Opened vici = new ViciPlugin()
                .open(control, Map.of("socket", folder.resolve("vici").toString()));
        opened.add(vici);
        control.configure(western.connections(), western.credentials());
        vici.begin();
        await(() -> run("status").out().contains("site/lan   up"));
    }

    @AfterEach
    void stop() throws Exception {
        west.shutdown(Duration.ofSeconds(5));
        east.shutdown(Duration.ofSeconds(5));
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    @Test
    void statusHasALineATunnelAndTheReasonOfWhatFailed() {
        assertThat(run("status").status()).isZero();
        assertThat(run("up", "site/voip").status()).isEqualTo(1);

        Result all = run("status");
        assertThat(all.status()).as("voip is not to be up").isZero();
        assertThat(all.out().lines().toList())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("TUNNEL     STATE  FOR"),
                        lan -> assertThat(lan).matches("site/lan +up +\\d+ s +0 B +0 B +\\d+ min"),
                        voip -> assertThat(voip)
                                .matches("site/voip +off +- +- +- +- +the peer refused with TS_UNACCEPTABLE: compare.*"
                                        + " ago"));
        assertThat(run("status", "other").out()).contains("no tunnels");
    }

    @Test
    void explainSaysWhatToDoAndWhomToAsk() {
        run("up", "site/voip");

        assertThat(run("explain", "site").out())
                .contains("site/lan is up")
                .contains("site/voip is down, as nobody wants it: 'ikebana up site/voip', or start_action")
                .contains("    the peer refused with TS_UNACCEPTABLE")
                .contains("  ask the other side what its log says of that moment");
        assertThat(run("explain", "nobody").err()).contains("there is no connection nobody");
    }

    @Test
    void anOfferThatNobodyTakesIsExplainedByItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("conf"), "a\nesp_proposals = aes256gcm16\n");
        TunnelStatus tunnel = new TunnelStatus(Message.with()
                .put("connection", "site")
                .put("child", "net")
                .put("desired", "up")
                .put("state", "down")
                .put("failure", "no common ESP proposal: x")
                .put("failure-kind", "no_proposal_chosen")
                .list("failure-details", List.of("of aes128 and aes256gcm16 the encryption differs"))
                .put("failure-place", file + ":2:1")
                .put("failure-question", new Failure.NoProposalChosen("ESP", List.of(), Optional.empty()).question())
                .put("failure-age", 130)
                .put("retry-time", 7)
                .build());

        assertThat(TunnelExplanation.of(tunnel).lines())
                .containsExactly(
                        "site/net is down, though it is to be up",
                        "  what happened, 2 min ago:",
                        "    of aes128 and aes256gcm16 the encryption differs",
                        "  look at " + file + ":2:1",
                        "    esp_proposals = aes256gcm16",
                        "  ask the other side for its proposals of this tunnel, IKE and ESP, with the groups for PFS: one line must be"
                                + " common",
                        "  the next attempt is in 7 s");
    }

    @Test
    void statusAsJson() throws Exception {
        try (JsonParser json =
                new JsonFactory().createParser(run("status", "--json", "site").out())) {
            List<String> states = new ArrayList<>();
            while (json.nextToken() != null) {
                if ("state".equals(json.currentName()) && json.currentToken().isScalarValue()) {
                    states.add(json.getText());
                }
            }
            assertThat(states).containsExactly("up", "down");
        }
    }

    @Test
    void aTunnelGoesDownAndStaysSoUntilItIsCalled() {
        assertThat(run("up", "site/lan").out()).contains("site/lan is up already");
        assertThat(run("rekey", "site/lan").status()).isZero();
        await(() -> run("counters").out().matches("(?s).*child-rekey +1\\n.*"));

        assertThat(run("down", "site/lan").status()).isZero();
        await(() -> run("status").out().contains("site/lan   off"));
        assertThat(run("up", "site/lan").out()).contains("established", "site/lan is up");
    }

    @Test
    void logsShowsTheLastLinesAndPicksSomeOfThem() throws Exception {
        run("up", "site/voip");
        assertThat(run("logs", "--connection", "site").out())
                .contains("INFO  child   site[1]: child SA lan{1} established")
                .contains("ERROR child   site[1]: child voip with 127.0.0.1");
        assertThat(run("logs", "--level", "error", "--subsystem", "child").out().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains(" ERROR child   "));
        assertThat(run("logs", "--connection", "other").out()).isEmpty();
        assertThat(run("logs", "--subsystem", "x").err()).contains("one of daemon, ike, child, net");
        assertThat(run("logs", "--json", "--subsystem", "ike", "--connection", "site")
                        .out())
                .containsPattern("\"connection\":\"site\",.*\"spi-i\":\"[0-9a-f]{16}\"")
                .doesNotContain("well known");
    }

    @Test
    void probeTriesWhatIsUpAndSaysWhatIsNot() {
        assertThat(run("probe", "site/lan"))
                .satisfies(good -> assertThat(good.out())
                        .contains("site/lan: 0 packets out, 0 in since the last keys: nobody has used it")
                        .contains("ok    site: the peer answers")
                        .contains("ok    site/lan: fresh keys")
                        .contains("ok    site: fresh keys for the IKE SA"))
                .satisfies(good -> assertThat(good.status()).isZero());
        await(() -> run("counters").out().matches("(?s).*ike-rekey-init +1\n.*child-rekey +1\n.*"));
        assertThat(run("probe", "site/voip").err()).contains("site/voip is not up", "'ikebana explain site'");
    }

    @Test
    void levelsAreSetWhileTheDaemonRuns() throws Exception {
        assertThat(run("log-level").out()).contains("net      info");
        assertThat(run("log-level", "net=debug", "control=error").out()).contains("net      debug", "control  error");
        run("rekey", "site/lan");
        await(() -> run("logs", "--subsystem", "net", "--level", "debug")
                .out()
                .contains("received CREATE_CHILD_SA response"));
        assertThat(run("log-level", "--reset").out()).contains("net      info");
        assertThat(run("log-level", "nett=debug").err()).contains("there is no part nett");
        assertThat(run("log-level", "net=loud").err()).contains("there is no level loud");
    }

    @Test
    void whatGoesWrongIsSaidInOneLine() {
        assertThat(run("up", "nobody").err().strip()).endsWith("up: there is no tunnel nobody: see 'ikebana status'");
        assertThat(run("reload").status()).isZero();
        mistaken = true;
        assertThat(run("reload")).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("swanctl.conf:3:5: no such key");
        });
        assertThat(run("status", "--socket", folder.resolve("none").toString()).err())
                .contains("no daemon serves", "start one with 'ikebana daemon'");
    }

    private Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                new CommandLine(new Program()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        DaemonSocket.explainFailures(line);
        List<String> words = new ArrayList<>(List.of(arguments));
        if (!words.contains("--socket")) {
            words.addAll(List.of("--socket", folder.resolve("vici").toString()));
        }
        return new Result(line.execute(words.toArray(String[]::new)), out.toString(), err.toString());
    }

    private IkeService service(Consumer<IkeEvent> events) throws Exception {
        KernelBackend kernel = new MemoryKernelProvider().open(Map.of("bind", "127.0.0.1"));
        opened.add(kernel);
        IkeService service = IkeService.start(kernel, crypto, IkeSettings.DEFAULT.withPorts(0, 0), events);
        opened.add(service);
        return service;
    }

    private Configuration configuration(Object... values) throws Exception {
        Path file = folder.resolve("swanctl.conf");
        Files.writeString(file, CONF.formatted(values));
        return ConfigLoader.load(file);
    }

    private static void await(BooleanSupplier isSo) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            try {
                assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS))
                        .isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
