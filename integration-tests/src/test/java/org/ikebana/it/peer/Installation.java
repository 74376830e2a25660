package org.ikebana.it.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a strongSwan lies.
 *
 * @param root the folder that is its {@code /}; empty for this machine's own
 */
public record Installation(Optional<Path> root) {
    public static final Installation OF_THIS_MACHINE = new Installation(Optional.empty());

    private static final String CHARON = "/usr/sbin/charon-systemd";
    /** The test's folder, as a charon with a root of its own sees it. */
    private static final Path INSIDE = Path.of("/mnt");
    /** Written by {@code integration-tests/newer-strongswan} at its end. */
    private static final String COMPLETE = "complete";

    /** What {@code integration-tests/newer-strongswan} fetches: 6.1 or later, with ML-KEM. It may not be there. */
    public static Installation newer() {
        String cache = System.getenv("IKEBANA_PEERS");
        Path folder =
                cache == null ? Path.of(System.getProperty("user.home"), ".cache", "ikebana-peers") : Path.of(cache);
        return new Installation(Optional.of(folder.resolve("forky")));
    }

    public boolean isThere() {
        return root.map(folder -> Files.exists(folder.resolve(COMPLETE))).orElse(true);
    }

    /** What starts charon in a namespace of {@code ip netns exec}, which has mounts of its own. */
    List<String> charon(Path folder) {
        return root.map(r -> List.of(
                        "sh",
                        "-c",
                        "mount --rbind /dev $0/dev && mount --bind /proc $0/proc && mount --bind $1 $0" + INSIDE
                                + " && exec chroot $0 " + CHARON,
                        r.toString(),
                        folder.toString()))
                .orElse(List.of(CHARON));
    }

    /** The test's folder as charon sees it. */
    Path seen(Path folder) {
        return root.isPresent() ? INSIDE : folder;
    }
}
