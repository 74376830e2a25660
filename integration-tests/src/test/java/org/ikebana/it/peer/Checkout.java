package org.ikebana.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The source tree that the tests are of, and how its programs are started from it. */
public final class Checkout {
    private static final String LAUNCHER = "daemon/bin/ikebana";
    private static final String OTHER_LAUNCHER = "IKEBANA_LAUNCHER";

    private Checkout() {}

    /** The {@code ikebana} command: the tree's, or the one that the environment's {@code IKEBANA_LAUNCHER} names. */
    public static Path launcher() {
        String other = System.getenv(OTHER_LAUNCHER);
        return other == null ? file(LAUNCHER) : Path.of(other);
    }

    /** A file of it, by its path from the root. */
    public static Path file(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve(LAUNCHER))) {
                return folder.resolve(name);
            }
        }
        throw new IllegalStateException("no " + LAUNCHER + " above the working directory");
    }

    /** The options of Java that the package has, but for those that need its files. */
    public static String packagedJavaOptions() {
        try (Stream<String> lines = Files.lines(file("daemon/package/java.options"))) {
            return lines.filter(line -> line.startsWith("-X")).collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has the launcher take what is built, and this Java. */
    public static Map<String, String> environment(String javaOptions) {
        return Map.of(
                "IKEBANA_BUILD",
                "never",
                "IKEBANA_JAVA",
                System.getProperty("java.home"),
                "IKEBANA_JAVA_OPTIONS",
                javaOptions);
    }
}
