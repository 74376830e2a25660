package org.ikebana.daemon.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether what this process prints goes to systemd's journal. */
final class Journal {
    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    private Journal() {}

    /** Whether what this process prints goes there, as its environment says. */
    static boolean takesOurs() {
        return takes(System.getenv().getOrDefault("JOURNAL_STREAM", ""));
    }

    /**
     * @param stream the environment's {@code JOURNAL_STREAM}: device and inode of the journal's socket, which may have been passed on
     *     to a process that prints elsewhere (systemd.exec(5))
     */
    static boolean takes(String stream) {
        try {
            return stream.equals(Files.getAttribute(STDOUT, "unix:dev") + ":" + Files.getAttribute(STDOUT, "unix:ino"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false; // no Linux, or no standard output
        }
    }
}
