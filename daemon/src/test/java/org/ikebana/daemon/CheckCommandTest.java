package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    private int run(String... arguments) {
        return new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void saysWhatIsOtherwiseThanWithStrongswan() throws Exception {
        Path file = folder.resolve("swanctl.conf");
        Files.writeString(file, """
                connections {
                  site {
                    remote_addrs = 192.0.2.2
                    local { auth = psk }
                    remote { auth = psk }
                    children {
                      net {
                        start_action = start
                        per_cpu_sas = yes
                      }
                    }
                  }
                }
                """);

        assertThat(run(file.toString())).isZero();
        assertThat(err.toString()).contains("warning: " + file + ":9:9: 'per_cpu_sas'");
        assertThat(out.toString())
                .contains("connection site\n")
                .contains("otherwise than with strongSwan\n  " + file + ":2: version is not given")
                .contains("  " + file + ":8: start_action = start: strongSwan would let its traffic out in clear");
    }

    @Test
    void printsAllKeys() {
        assertThat(run("--keys")).isZero();
        assertThat(out.toString())
                .contains("## `connections.<conn>.children.<child>`: traffic to protect\n")
                .contains(
                        "\n| `start_action` | none\\|trap\\|start\\|trap\\|start | none | what happens when it is loaded |"
                                + " supported |\n");
    }
}
