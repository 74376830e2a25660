package org.ikebana.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The one table that {@code integration-tests/bench} prints when all is measured: each benchmark adds its rows to a file, the name
 * of which it is given in a system property.
 */
public final class Findings {
    private static final Optional<Path> FILE =
            Optional.ofNullable(System.getProperty("ikebana.bench.findings")).map(Path::of);

    private Findings() {}

    /**
     * Ours beside another's.
     *
     * @param format of a single figure, as of {@link String#format}
     * @param aim what the ratio ought to be; empty where nothing is aimed at
     */
    public static void add(String figure, String format, Spread ours, Spread theirs, String aim) throws IOException {
        write(figure, ours.text(format), theirs.text(format), "%.2f".formatted(ours.median() / theirs.median()), aim);
    }

    /** Ours alone. */
    public static void add(String figure, String ours, String aim) throws IOException {
        write(figure, ours, "-", "-", aim);
    }

    private static void write(String... cells) throws IOException {
        if (FILE.isPresent()) {
            Files.writeString(
                    FILE.get(), String.join("\t", cells) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
