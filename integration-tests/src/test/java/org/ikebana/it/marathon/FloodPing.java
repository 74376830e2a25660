package org.ikebana.it.marathon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.net.Site;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** Five hundred echo requests a second from one site's host to the other's, each numbered, until it is told to stop. */
final class FloodPing {
    static final Duration PACE = Duration.ofMillis(2);

    /** As many at once make up for a kernel whose clock ticks a hundred times a second. */
    private static final int AT_ONCE = 10;

    /** What ping prints of an answer. */
    private static final int OCTETS_A_LINE = 60;

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Netns host;
    private final RunningProcess ping;
    private final Path output;

    private FloodPing(Netns host, RunningProcess ping, Path output) {
        this.host = host;
        this.ping = ping;
        this.output = output;
    }

    /** Begins, and returns when the first answers have come. */
    static FloodPing start(Site from, Site to) {
        Lab lab = from.host().lab();
        Path output = lab.newFolder("flood").resolve("ping.txt");
        // Line by line, so that what stands in the file is whole whenever it is read.
        String command = "exec stdbuf -oL ping -D -n -i %.3f -l %d %s >%s"
                .formatted(PACE.toMillis() / 1000.0, AT_ONCE, to.hostAddress(), output);
        RunningProcess ping = lab.own(RunningProcess.start(
                "flood from " + from.name(), from.host().commandLine(List.of("bash", "-c", command)), Map.of()));
        FloodPing flood = new FloodPing(from.host(), ping, output);
        flood.awaitAnswers(10);
        return flood;
    }

    /** Answers that have arrived and that ping was too slow to read: lost by this machine, not by the tunnel. */
    long unread() {
        return host.exec("cat", "/proc/net/raw")
                .run()
                .lines()
                .skip(1)
                .mapToLong(socket -> Long.parseLong(socket.substring(socket.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until requests that were sent after this call are answered. */
    void goOn() {
        awaitAnswers(500);
    }

    void finish() {
        Command.of("kill", "-INT", Long.toString(ping.pid())).run();
        Await.until("ping has ended", Patience.seconds(60), () -> !ping.isAlive());
    }

    private void awaitAnswers(int count) {
        long size = output.toFile().length() + (long) count * OCTETS_A_LINE;
        Await.until(
                count + " further answers",
                Patience.seconds(30),
                LOOK,
                () -> output.toFile().length() > size);
    }

    /** What has become of all that was sent. */
    EchoReplies replies() {
        try {
            return EchoReplies.read(Files.readAllLines(output));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what ping has printed", e);
        }
    }
}
