package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Command.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code daemon/bin/ikebana} in a source tree of its own, with a main class that prints its arguments and a Maven that
 * only says that it ran.
 */
class LauncherTest {
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    /** All that is on the PATH: whether there is a Maven is for the test to say. */
    @TempDir
    private static Path programs;

    @TempDir
    private Path folder;

    private Path tree;
    private Path launcher;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void copyPrograms() throws IOException {
        for (String program : List.of(
                "bash", "readlink", "dirname", "find", "sort", "tail", "sed", "id", "flock", "mkdir", "touch", "mv")) {
            String found = Command.of("sh", "-c", "command -v " + program).run().strip();
            Files.copy(Path.of(found), programs.resolve(program), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @BeforeEach
    void makeTree() throws IOException {
        tree = folder.resolve("a tree");
        Path bin = Files.createDirectories(tree.resolve("daemon/bin"));
        for (String script : List.of("ikebana", "find-java")) {
            Files.copy(Path.of("..", "daemon", "bin", script), bin.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        launcher = bin.resolve("ikebana");
        environment.put("PATH", programs.toString());
        environment.put("IKEBANA_JAVA", System.getProperty("java.home"));
        source("ike-core/src/main/java/A.java", BUILT.minusSeconds(60));
        Files.deleteIfExists(programs.resolve("mvn"));
    }

    @Test
    void runsWhatIsBuiltWithAllArguments() throws IOException {
        build();

        assertThat(launch("daemon", "--config", "a b")).isEqualTo(new Outcome(0, "[daemon, --config, a b]\n"));
    }

    @Test
    void runsThroughSymbolicLinks() throws IOException {
        build();
        Path link = Files.createSymbolicLink(folder.resolve("ikebana"), launcher);

        assertThat(run(link.toString(), "version")).isEqualTo(new Outcome(0, "[version]\n"));
    }

    @Test
    void buildsWhenASourceIsNewer() throws IOException {
        build();
        fakeMaven(0);
        source("ike-core/src/main/java/A.java", BUILT.plusSeconds(60));

        assertThat(launch().output())
                .contains("building Ikebana")
                .contains("maven ran with")
                .contains("-pl daemon -am");
        assertThat(launch().output()).as("the second time").isEqualTo("[]\n");
    }

    @Test
    void takesWhatIsThereWhenToldTo() throws IOException {
        build();
        source("ike-core/src/main/java/A.java", BUILT.plusSeconds(60));
        environment.put("IKEBANA_BUILD", "never");

        assertThat(launch()).isEqualTo(new Outcome(0, "[]\n"));
    }

    @Test
    void testsAreNoReasonToBuild() throws IOException {
        build();
        source("ike-core/src/test/java/ATest.java", BUILT.plusSeconds(60));

        assertThat(launch()).isEqualTo(new Outcome(0, "[]\n"));
    }

    @Test
    void saysThatMavenIsMissing() {
        assertThat(launch()).isEqualTo(new Outcome(1, "ikebana: Maven is needed to build it: apt-get install maven\n"));
    }

    @Test
    void stopsWhenTheBuildFails() throws IOException {
        fakeMaven(1);

        assertThat(launch().status()).isEqualTo(1);
        assertThat(launch().output()).endsWith("ikebana: the build failed\n");
    }

    @Test
    void saysWhatToInstallWithoutJava() throws IOException {
        build();
        environment.put("IKEBANA_JAVA", "/bin/false");

        assertThat(launch()).isEqualTo(new Outcome(1, "ikebana: IKEBANA_JAVA=/bin/false is not Java 25 or later\n"));
    }

    private void build() throws IOException {
        Path main = folder.resolve("Main.java");
        Files.writeString(main, """
                package org.ikebana.daemon;

                public class Main {
                    public static void main(String[] arguments) {
                        System.out.println(java.util.Arrays.asList(arguments));
                    }
                }
                """);
        Path classes = tree.resolve("daemon/target/classes");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), main.toString()))
                .isZero();
        Path jar = Files.createDirectories(tree.resolve("daemon/target/lib")).resolve("a.jar");
        Files.createFile(jar);
        Files.setLastModifiedTime(jar, FileTime.from(BUILT));
    }

    private void source(String path, Instant modified) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "class A {}\n");
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private void fakeMaven(int status) throws IOException {
        Path maven = Files.writeString(
                programs.resolve("mvn"), "#!%s/bash%necho maven ran with $*%nexit %d%n".formatted(programs, status));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome launch(String... arguments) {
        return run(launcher.toString(), arguments);
    }

    /** The interpreter is named, as the scripts' own is not on this PATH. */
    private Outcome run(String script, String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = programs.resolve("bash").toString();
        line[1] = script;
        System.arraycopy(arguments, 0, line, 2, arguments.length);
        return Command.of(line).with(environment).tryRun();
    }
}
