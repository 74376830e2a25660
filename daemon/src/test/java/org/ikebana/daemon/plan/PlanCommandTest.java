package org.ikebana.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    private int plan(String before, String now, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        for (String text : List.of(before, now)) {
            Path directory = Files.createDirectory(folder.resolve(arguments.size() + ".d"));
            Files.writeString(directory.resolve("swanctl.conf"), text);
            arguments.add(directory.toString());
        }
        return new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private static String connection(String setting) {
        return """
                connections {
                  site {
                    remote_addrs = 192.0.2.2
                    local { auth = psk }
                    remote { auth = psk }
                    children {
                      net {
                        %s
                      }
                    }
                  }
                }
                """.formatted(setting);
    }

    @Test
    void saysWhatAReloadWouldDo() throws Exception {
        assertThat(plan(connection(""), connection("replay_window = 64"))).isZero();
        assertThat(out.toString()).contains("! child net: replaced", "+ replay_window = 64    # ", "swanctl.conf:8");
    }

    @Test
    void saysItForProgramsToo() throws Exception {
        assertThat(plan(connection(""), connection("replay_window = 64"), "--json"))
                .isZero();

        List<String> strings = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(out.toString())) {
            while (json.nextToken() != null) {
                if (json.currentToken().isScalarValue()) {
                    strings.add(json.currentName() + "=" + json.getText());
                }
            }
        }
        assertThat(strings)
                .startsWith(
                        "name=site",
                        "effect=continued",
                        "name=net",
                        "effect=replaced",
                        "key=replay_window",
                        "before=32",
                        "now=64")
                .endsWith("needs_restart=false");
    }

    @Test
    void aConfigurationWithErrorsIsNoPlan() throws Exception {
        assertThat(plan(connection(""), connection("replay_window = many"))).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: ").contains("swanctl.conf:8:25: replay_window: ");
        assertThat(out.toString()).isEmpty();
    }
}
