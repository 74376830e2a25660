package org.ikebana.daemon.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ikebana.kernel.linux.Capabilities;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands, on what {@code ip xfrm} put into a network namespace. */
@Timeout(60)
class XfrmCommandTest {
    private static final String TUNNEL =
            " priority 1000 tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 65536 mode tunnel";

    @TempDir
    private Path config = Path.of("");

    @Test
    void listsPoliciesWithTheirConnections() throws Exception {
        writeConfig();
        NetworkNamespace.run(() -> {
            addPolicies();

            assertThat(run("xfrm policy").out()).isEqualTo("""
                    out policy 10.1.0.0/16 to 10.2.0.0/16 protocol 17 ports any to 53: block, priority 1, mark 0x5/0xffffffff
                    out policy 10.1.0.0/16 to 10.2.0.0/16: protect, priority 1000
                        by ESP tunnel from 192.0.2.1 to 192.0.2.2, reqid 65536 (site-b/lan)
                    out policy 10.1.0.0/16 to 10.9.0.0/16: protect, priority 1000
                        by ESP tunnel from 192.0.2.1 to 192.0.2.2, reqid 7
                    """);
        });
    }

    @Test
    void saysWhichAreOursWithoutAConfiguration() throws Exception {
        NetworkNamespace.run(() -> {
            addPolicies();

            assertThat(run("xfrm policy").out())
                    .contains("reqid 65536 (Ikebana's)")
                    .contains("reqid 7\n");
        });
    }

    @Test
    void listsWhatIsReserved() throws Exception {
        NetworkNamespace.run(() -> {
            command(
                    "ip xfrm state allocspi src 192.0.2.2 dst 192.0.2.1 proto esp reqid 8 mode tunnel min 0x1000 max 0x1000");

            assertThat(run("xfrm state").out())
                    .startsWith(
                            "ESP SA 00001000 to 192.0.2.1 from 192.0.2.2: tunnel, reqid 8\n    reserved, without keys yet\n");
        });
    }

    @Test
    void allJsonCanBeRead() throws Exception {
        NetworkNamespace.run(() -> {
            addPolicies();
            command(
                    "ip xfrm state allocspi src 192.0.2.2 dst 192.0.2.1 proto esp reqid 8 mode tunnel min 0x1000 max 0x1000");

            assertThat(strings(run("xfrm policy --json").out()))
                    .contains("10.1.0.0/16", "block", "192.0.2.2", "Ikebana's");
            assertThat(strings(run("xfrm state --json").out())).contains("00001000", "tunnel");
            assertThat(strings(run("xfrm stat --json").out())).isEmpty();
            assertThat(strings(run("explain-traffic 10.1.0.5 10.2.0.5 udp 53 --json")
                            .out()))
                    .contains("dropped");
        });
    }

    @Test
    void countsWhatIsDropped() throws Exception {
        NetworkNamespace.run(() -> {
            assertThat(run("xfrm stat").out()).isEmpty();
            assertThat(run("xfrm stat --all").out())
                    .contains("XfrmInNoStates 0: no SA has the packet's SPI, protocol and destination");
        });
    }

    @Test
    void followsChanges() throws Exception {
        NetworkNamespace.run(() -> {
            CompletableFuture<Void> following = new CompletableFuture<>();
            CompletableFuture<Outcome> monitor = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> monitor.complete(run("xfrm monitor --count 2", following)));
            following.get(30, TimeUnit.SECONDS);
            command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out" + TUNNEL);
            command("ip xfrm policy delete src 10.1.0.0/16 dst 10.2.0.0/16 dir out");

            assertThat(monitor.get(30, TimeUnit.SECONDS)
                            .out()
                            .lines()
                            .map(line -> line.substring("12:34:56 ".length())))
                    .containsExactly(
                            "policy added: out policy 10.1.0.0/16 to 10.2.0.0/16: protect, priority 1000,"
                                    + " by ESP tunnel from 192.0.2.1 to 192.0.2.2, reqid 65536 (Ikebana's)",
                            "policy deleted: out policy 10.1.0.0/16 to 10.2.0.0/16: protect, priority 1000,"
                                    + " by ESP tunnel from 192.0.2.1 to 192.0.2.2, reqid 65536 (Ikebana's)");
            thread.join();
        });
    }

    @Test
    void explainsWhyAPacketIsDropped() throws Exception {
        writeConfig();
        NetworkNamespace.run(() -> {
            addPolicies();
            command("ip addr add 10.1.0.5/32 dev lo");
            command("ip route add 10.2.0.0/16 dev lo");

            String text = run("explain-traffic 10.1.0.5 10.2.0.5 tcp 443").out();

            assertThat(text)
                    .startsWith("10.1.0.5 to 10.2.0.5 protocol 6 port 0 to 443\n\nwhen it goes out\n")
                    .contains("by ESP tunnel from 192.0.2.1 to 192.0.2.2, reqid 65536 (site-b/lan)\n"
                            + "      there is no SA of this reqid, nor between these ends\n")
                    .contains(
                            "protocol 17 ports any to 53: block, priority 1, mark 0x5/0xffffffff: it is for protocol 17;")
                    .contains("=> DROPPED until there is an SA of reqid 65536 (site-b/lan)")
                    .contains("XfrmOutNoStates 0")
                    .contains("its route leads to lo, where disable_xfrm is set");
        });
    }

    @Test
    void saysHowToBeLetIn() throws Exception {
        NetworkNamespace.run(() -> {
            Capabilities.dropAll();

            Outcome outcome = run("xfrm state");

            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err())
                    .isEqualTo(
                            "ikebana xfrm state: the kernel shows its IPsec databases to root alone: run it with sudo,"
                                    + " or with CAP_NET_ADMIN\n");
        });
    }

    @Test
    void namesTheWordThatIsNoAddress() throws Exception {
        Outcome outcome = run("explain-traffic here 10.2.0.5");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("'here' is no address; write one as 10.1.0.5 or 2001:db8::5");
        assertThat(run("explain-traffic 10.2.0.5 fd00::1").err()).startsWith("SRC and DST must be of one family");
        assertThat(run("explain-traffic 10.2.0.5 10.2.0.6 tpc").err()).startsWith("'tpc' is no protocol");
    }

    private static void addPolicies() throws IOException, InterruptedException {
        command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out" + TUNNEL);
        command("ip xfrm policy add src 10.1.0.0/16 dst 10.9.0.0/16 dir out" + TUNNEL.replace("65536", "7"));
        command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 proto udp dport 53 dir out priority 1 action block"
                + " mark 5");
    }

    /** Two children to one peer. */
    private void writeConfig() throws IOException {
        Files.writeString(config.resolve("swanctl.conf"), """
                connections {
                  site-b {
                    local_addrs = 192.0.2.1
                    remote_addrs = 192.0.2.2
                    local {
                      auth = psk
                      id = a
                    }
                    remote {
                      auth = psk
                      id = b
                    }
                    children {
                      lan {
                        local_ts = 10.1.0.0/16
                        remote_ts = 10.2.0.0/16
                      }
                      dmz {
                        local_ts = 10.1.0.0/16
                        remote_ts = 10.3.0.0/16
                      }
                    }
                  }
                }
                secrets {
                  ike {
                    secret = a-secret-for-a-test
                  }
                }
                """);
    }

    private record Outcome(int status, String out, String err) {}

    private Outcome run(String words) {
        return run(words, new CompletableFuture<>());
    }

    /** @param following completed when standard error says that events are followed, behind any warning */
    @SuppressWarnings("StringSplitter") // no word here is empty
    private Outcome run(String words, CompletableFuture<Void> following) {
        var out = new StringWriter();
        var err = new StringWriter() {
            @Override
            public void flush() {
                if (toString().contains("Following")) {
                    following.complete(null);
                }
            }
        };
        List<String> arguments = new ArrayList<>(List.of(words.split(" ")));
        if (!words.startsWith("xfrm stat ") && !words.equals("xfrm stat")) {
            arguments.addAll(List.of("--config", config.toString()));
        }
        CommandLine line =
                new CommandLine(new Program()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        XfrmCommand.explainFailures(line);
        int status = line.execute(arguments.toArray(String[]::new));
        return new Outcome(status, out.toString(), err.toString());
    }

    @CommandLine.Command(
            name = "ikebana",
            subcommands = {XfrmCommand.class, ExplainTrafficCommand.class})
    private static final class Program {}

    /** The values that are strings. */
    private static List<String> strings(String json) throws IOException {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
            }
        }
        return strings;
    }
}
