package org.ikebana.ike.corpus;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code corpus} of the folder that the environment variable {@code IKEBANA_SHARED} names, or of a folder
 * {@code shared} beside the working directory or one above it. A test that asks for a file is skipped where there is
 * none.
 */
public final class Corpus {
    private static final String VARIABLE = "IKEBANA_SHARED";
    private static final Optional<Path> FOLDER = find();

    private Corpus() {}

    /** A file or folder, by its path inside the corpus; skips the test where it is absent. */
    public static Path path(String name) {
        Path path = FOLDER.map(folder -> folder.resolve(name)).orElse(null);
        return path != null && Files.exists(path) ? path : abort("no " + name + " in the corpus");
    }

    public static Json json(String name) throws IOException {
        return Json.read(path(name));
    }

    /** The files directly in a folder, by name; skips the test where it is absent. */
    public static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Path> find() {
        Optional<Path> found = Stream.concat(named(System.getenv(VARIABLE)), beside(Path.of("")))
                .map(shared -> shared.resolve("corpus"))
                .filter(Files::isDirectory)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println("SKIPPED: the tests against messages and captures of other projects; put the corpus at"
                    + " ../shared/corpus beside the project, or name its parent in " + VARIABLE + ", to run them");
        }
        return found;
    }

    private static Stream<Path> named(@Nullable String shared) {
        return Stream.ofNullable(shared).map(Path::of);
    }

    private static Stream<Path> beside(Path directory) {
        return Stream.iterate(directory.toAbsolutePath(), above -> above != null, Path::getParent)
                .map(above -> above.resolve("shared"));
    }
}
