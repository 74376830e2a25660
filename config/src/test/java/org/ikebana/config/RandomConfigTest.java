package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.ikebana.config.schema.AuthKeys;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.Samples;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.Support;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.syntax.InMemoryFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations of random keys, right and mutilated. A failure names the seed that brings it back. */
class RandomConfigTest {
    private static final String MARKER = "hunter2xyzzy";
    private static final int CONFIGURATIONS = 20;
    private static final int MUTATIONS = 25;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingUnexpectedHappensAndNoSecretShows(long seed) {
        var random = new Random(seed);
        int right = 0;
        for (int i = 0; i < CONFIGURATIONS; i++) {
            String configuration = new Generator(random, i % 2 == 0).configuration();
            right += loads(configuration, seed) ? 1 : 0;
            for (int j = 0; j < MUTATIONS; j++) {
                loads(mutate(configuration, random), seed);
            }
        }
        assertThat(right).as("configurations without an error, seed %d", seed).isBetween(2, CONFIGURATIONS - 2);
    }

    private static boolean loads(String text, long seed) {
        var files = InMemoryFiles.of("d/swanctl.conf", text).with("d/conf.d/a.conf", "x { }");
        String said;
        boolean loaded = false;
        try {
            Configuration configuration = ConfigLoader.load(Path.of("d"), files);
            said = configuration + Explanation.of(configuration);
            loaded = true;
        } catch (ConfigException expected) {
            assertThat(expected.problems()).isNotEmpty();
            said = expected + " " + expected.warnings();
        }
        assertThat(said).as("seed %d, of\n%s", seed, text).doesNotContain(MARKER);
        return loaded;
    }

    /** One to three characters deleted, replaced or inserted, outside of the marker. */
    private static String mutate(String original, Random random) {
        var text = new StringBuilder(original);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int marker = text.lastIndexOf(MARKER, at);
            if (marker >= 0 && at <= marker + MARKER.length()) {
                continue;
            }
            char character = "{}=#\"\\:,\n\t a0/\u0000é".charAt(random.nextInt(16));
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, character);
                default -> text.insert(at, character);
            }
        }
        return text.toString();
    }

    /** Writes settings of random keys; only such as are supported if {@code careful}. */
    private record Generator(Random random, boolean careful, StringBuilder text) {
        Generator(Random random, boolean careful) {
            this(random, careful, new StringBuilder());
        }

        String configuration() {
            text.append("include conf.d/*.conf\n");
            section(SwanctlTable.ROOT, "", 0);
            return text.toString();
        }

        private void section(SectionType type, String name, int depth) {
            if (depth > 0) {
                text.append(name).append(random.nextInt(20) == 0 ? " : x {\n" : " {\n");
            }
            type.keys().stream().filter(this::isWanted).forEach(this::setting);
            for (SectionType child : type.sections()) {
                if (careful && namesFiles(child)) {
                    continue;
                }
                boolean side = List.of(SwanctlTable.LOCAL, SwanctlTable.REMOTE).contains(child);
                for (int i = side && careful ? 1 : random.nextInt(3); i > 0; i--) {
                    String suffix = i == 1 ? "" : "-" + i;
                    section(child, child.name().replace("<suffix>", suffix).replaceAll("<.*>", "n" + i), depth + 1);
                }
            }
            text.append(depth > 0 ? "}\n" : "");
        }

        /** Or tokens, and none of them is there. */
        private static boolean namesFiles(SectionType type) {
            return type.keys().stream()
                    .anyMatch(key -> List.of("file", "handle", "cacert").contains(key.name()));
        }

        private boolean isWanted(Key<?> key) {
            if (isSecret(key) || key == AuthKeys.AUTH) {
                return true;
            }
            return random.nextInt(6) == 0 && !(careful && key.support() == Support.REFUSED);
        }

        private void setting(Key<?> key) {
            String sample = isSecret(key) ? MARKER : random.nextInt(9) == 0 && !careful ? "" : Samples.of(key);
            text.append(Samples.name(key)).append(" = ");
            text.append(random.nextInt(3) == 0 ? '"' + sample + '"' : sample);
            text.append(random.nextInt(5) == 0 ? " # c\n" : "\n");
        }

        private static boolean isSecret(Key<?> key) {
            return List.of("secret", "pin").contains(key.name());
        }
    }
}
