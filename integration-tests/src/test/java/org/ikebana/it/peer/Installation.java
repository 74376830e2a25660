package org.ikebana.it.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a strongSwan lies.
 *
 * @param root the folder that is its {@code /}; empty for this machine's own
 * @param morePlugins a folder with plugins that its packages do not have
 */
public record Installation(Optional<Path> root, Optional<Path> morePlugins) {
    public static final Installation OF_THIS_MACHINE = new Installation(Optional.empty(), Optional.empty());

    private static final String CHARON = "/usr/sbin/charon-systemd";
    /** The test's folder, as a charon with a root of its own sees it. */
    private static final Path INSIDE = Path.of("/mnt");

    private static final String PLUGINS = "/usr/lib/ipsec/plugins";
    /** Written by {@code integration-tests/newer-strongswan} at its end. */
    private static final String COMPLETE = "complete";

    private static final String NEWER = "forky";

    /** What {@code integration-tests/newer-strongswan} fetches: 6.1 or later, with ML-KEM. It may not be there. */
    public static Installation newer() {
        return new Installation(Optional.of(cache().resolve(NEWER)), Optional.empty());
    }

    /** With the plugin that {@code integration-tests/load-tester} builds; it may not be there. */
    public Installation withLoadTester() {
        return new Installation(
                root, Optional.of(cache().resolve("load-tester").resolve(root.isPresent() ? NEWER : "host")));
    }

    private static Path cache() {
        String cache = System.getenv("IKEBANA_PEERS");
        return cache == null ? Path.of(System.getProperty("user.home"), ".cache", "ikebana-peers") : Path.of(cache);
    }

    public boolean isThere() {
        return root.map(folder -> Files.exists(folder.resolve(COMPLETE))).orElse(true)
                && morePlugins.map(Files::isDirectory).orElse(true);
    }

    /** What starts charon in a namespace of {@code ip netns exec}, which has mounts of its own. */
    List<String> charon(Path folder) {
        List<String> steps = new ArrayList<>();
        String slash = root.map(Path::toString).orElse("");
        morePlugins.ifPresent(plugins -> steps.add(
                "mount -t overlay -o lowerdir=%s:%s overlay %s".formatted(plugins, slash + PLUGINS, slash + PLUGINS)));
        root.ifPresent(r -> steps.add("mount --rbind /dev %s/dev && mount --bind /proc %s/proc && mount --bind %s %s"
                .formatted(r, r, folder, r + INSIDE.toString())));
        steps.add("exec " + root.map(r -> "chroot " + r + " ").orElse("") + CHARON);
        return List.of("sh", "-c", String.join(" && ", steps));
    }

    /** The test's folder as charon sees it. */
    Path seen(Path folder) {
        return root.isPresent() ? INSIDE : folder;
    }
}
