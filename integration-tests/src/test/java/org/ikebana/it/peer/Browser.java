package org.ikebana.it.peer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.Command;

/** Chromium without a window, in a namespace. */
public record Browser(Netns netns) {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    /** Of the page's own time, which passes as fast as it has nothing to do. */
    private static final int MILLISECONDS = 20_000;

    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Opens a page, and gives back what has become of its document a few seconds later.
     *
     * @param picture where to put a PNG file of it
     */
    public String open(String url, Path picture) {
        Path profile = netns.lab().newFolder("chromium");
        List<String> line = new ArrayList<>(List.of(PROGRAM.toString()));
        line.addAll(List.of(
                "--headless=new",
                "--no-sandbox", // root has none
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + profile,
                "--window-size=1280,900",
                "--hide-scrollbars",
                "--virtual-time-budget=" + MILLISECONDS,
                "--screenshot=" + picture.toAbsolutePath(),
                "--dump-dom",
                url));
        String octets = Command.of(netns.commandLine(line)).run();
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
