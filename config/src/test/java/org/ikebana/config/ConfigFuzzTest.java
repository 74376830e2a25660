package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.syntax.InMemoryFiles;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class ConfigFuzzTest {
    @FuzzTest
    @MethodSource("seeds")
    void anyFileIsReadOrRefused(byte[] octets) {
        var files = new InMemoryFiles()
                .with("d/swanctl.conf", octets)
                .with("d/ikebana.conf", octets)
                .with("d/conf.d/a.conf", "t { a = 1 }");
        try {
            Configuration configuration = ConfigLoader.load(Path.of("d"), files);
            assertThat(Explanation.of(configuration)).isNotBlank();
        } catch (ConfigException refused) {
            long lines = new String(octets, StandardCharsets.UTF_8).lines().count() + 1;
            assertThat(refused.problems()).isNotEmpty().allMatch(problem -> isWithin(problem, lines));
        }
    }

    private static boolean isWithin(Problem problem, long lines) {
        return problem.place().line() <= lines && !problem.message().isBlank();
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "",
                        "connections { c : t { remote_addrs = 192.0.2.1, x.example.com\n local { auth = psk\n id = a@b }\n"
                                + "remote { auth = psk }\n children { n { local_ts = 10.0.0.0/8[tcp/80], dynamic\n"
                                + "life_time = 1h\n mark_in = 1/0xff\n mode = transport\n reqid = 7 } } } }\n"
                                + "secrets { ike-1 { id = \"a\\\"b\\\n c\"\n secret = 0x00ff } }\ninclude conf.d/*.conf",
                        "port = 1\nkernel = xfrm\nretransmit_timeout = 0.5",
                        "a : b { }\nb : a, connections { }\nconnections { c : connections.c { } }",
                        "include swanctl.conf\ninclude \"conf.d/[a-c]?.conf\" \\ }",
                        "}{=:,\"\\")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
