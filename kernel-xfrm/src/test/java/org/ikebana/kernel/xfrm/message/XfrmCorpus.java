package org.ikebana.kernel.xfrm.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code corpus/xfrm} of recorded messages, found through the environment variable {@code IKEBANA_SHARED} or
 * beside the project, in {@code shared/}.
 */
final class XfrmCorpus {
    private static final String FOLDER = "corpus/xfrm";

    private XfrmCorpus() {}

    /** Its JSON files; none, and a line that says so, where there is no corpus. */
    static List<Path> files() throws IOException {
        Path folder = folder();
        if (folder == null) {
            System.out.println("SKIPPED: XFRM messages recorded from iproute2 and others; put the corpus at ../shared/"
                    + FOLDER + " or set IKEBANA_SHARED to run it");
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable Path folder() {
        String shared = System.getenv("IKEBANA_SHARED");
        if (shared != null) {
            return existing(Path.of(shared, FOLDER));
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path folder = existing(up.resolve("shared").resolve(FOLDER));
            if (folder != null) {
                return folder;
            }
        }
        return null;
    }

    private static @Nullable Path existing(Path folder) {
        return Files.isDirectory(folder) ? folder : null;
    }
}
