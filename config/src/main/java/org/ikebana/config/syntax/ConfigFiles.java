package org.ikebana.config.syntax;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where configuration files come from. */
public interface ConfigFiles {
    ConfigFiles DISK = new DiskFiles();

    /**
     * @param limit octets that the file may have
     * @throws IOException with the reason in words, without the file's name
     */
    byte[] read(Path file, int limit) throws IOException;

    boolean exists(Path file);

    boolean isDirectory(Path path);

    /** The names in a directory, in no order; empty if it cannot be listed. */
    List<String> list(Path directory);

    /** The same for all paths that lead to the same file. */
    Path canonical(Path file);

    /** Whether others than the file's owner may read it. */
    boolean isReadableByOthers(Path file);

    /** What lets others than this process's user and root get at what is in the file, and the command against it; empty if nothing does. */
    Optional<Exposure> exposure(Path file);

    /**
     * @param problem as part of a sentence
     * @param remedy a command
     */
    record Exposure(String problem, String remedy) {}
}
