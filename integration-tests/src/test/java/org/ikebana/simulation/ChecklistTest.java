package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each row of {@code CHECKLIST.md} names tests, and each of these is there, as a test. */
class ChecklistTest {
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)(?:#(\\w+))?`");

    private final Path root = root();
    private final Map<String, Path> classes = classes();

    ChecklistTest() throws IOException {}

    @Test
    void everyCaseNamesTestsThatExist() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (String row : rows()) {
            Matcher name = NAME.matcher(row);
            int before = named;
            while (name.find()) {
                named++;
                if (!exists(name.group(1), name.group(2))) {
                    missing.add(name.group());
                }
            }
            assertThat(named).as("tests of the case " + row).isGreaterThan(before);
        }
        assertThat(missing).as("tests of the checklist that do not exist").isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void knowsATestFromAnotherMethod() throws IOException {
        assertThat(exists("ChecklistTest", "knowsATestFromAnotherMethod")).isTrue();
        assertThat(exists("ChecklistTest", "exists")).isFalse();
        assertThat(exists("ChecklistTest", "nothingOfThatName")).isFalse();
        assertThat(exists("NoSuchTest", null)).isFalse();
    }

    private List<String> rows() throws IOException {
        return Files.readAllLines(root.resolve("integration-tests/CHECKLIST.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| case |"))
                .toList();
    }

    private boolean exists(String type, @Nullable String method) throws IOException {
        Path source = classes.get(type);
        if (source == null || method == null) {
            return source != null;
        }
        List<String> lines = Files.readAllLines(source);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("void " + method + "(")) {
                return isTest(lines.subList(0, i));
            }
        }
        return false;
    }

    /** @param before the lines before a method, the last of which may be its annotations */
    private static boolean isTest(List<String> before) {
        for (String line : before.reversed()) {
            if (line.matches(" +@(Parameterized)?Test.*")) {
                return true;
            }
            if (line.isBlank() || line.equals("    }")) {
                return false;
            }
        }
        return false;
    }

    private Map<String, Path> classes() throws IOException {
        Map<String, Path> found = new HashMap<>();
        for (String module : List.of("ike-core", "config", "integration-tests")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> found.put(file.getFileName().toString().replace(".java", ""), file));
            }
        }
        return found;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("integration-tests/CHECKLIST.md"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("run this test within the project: it reads its sources");
        }
        return folder;
    }
}
