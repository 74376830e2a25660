package org.ikebana.config.swanctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.config.credential.CredentialFolders;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.syntax.DocumentReader;
import org.ikebana.config.syntax.InMemoryFiles;
import org.ikebana.config.token.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Goes over the cases in {@code problems.txt}, word for word. */
class ProblemTextTest {
    record Case(String section, String content, List<String> problems) {
        @Override
        public String toString() {
            return section + ": " + content;
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (var in = ProblemTextTest.class.getResourceAsStream("problems.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("    ")) {
                    cases.getLast().problems.add(line.strip());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    int colon = line.indexOf(':');
                    String content = line.substring(colon + 1).strip().replace("\\n", "\n");
                    cases.add(new Case(line.substring(0, colon), content, new ArrayList<>()));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysJustThis(Case expected) {
        var problems = new Problems();
        var files = InMemoryFiles.of("f", file(expected));
        SwanctlConf.read(
                DocumentReader.read(Path.of("f"), files, problems).root(),
                new CredentialFolders(Path.of("d"), files, new Tokens(java.util.Map.of()), problems),
                problems);
        Stream<String> errors = problems.errors().stream().map(problem -> "error " + problem);
        Stream<String> warnings = problems.warnings().stream().map(problem -> "warning " + problem);
        assertThat(Stream.concat(errors, warnings)).isEqualTo(expected.problems);
    }

    private static String file(Case expected) {
        return """
                connections { c { %s
                local {
                %s
                }
                remote {
                %s
                }
                children { n {
                %s
                } }
                %s
                } }
                secrets {
                %s
                }
                %s
                """.formatted(
                        expected.section.equals("child of anybody") ? "" : "remote_addrs = 192.0.2.2",
                        part(expected, "local without auth", part(expected, "local", "auth = psk", "auth = psk\n"), ""),
                        part(expected, "remote", "auth = psk", "auth = psk\n"),
                        part(expected, "child", part(expected, "child of anybody", "", ""), ""),
                        part(expected, "connection", "", ""),
                        part(expected, "secrets", "ike { secret = x }", ""),
                        part(expected, "root", "", ""));
    }

    private static String part(Case expected, String section, String otherwise, String before) {
        return expected.section.equals(section) ? before + expected.content : otherwise;
    }
}
