package org.ikebana.bench.tunnels;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.bench.machine.LoadGenerator;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.RunningProcess;

/** {@link Peers} at work, on CPU 1. */
record PeersProcess(RunningProcess process, int tunnels, int step) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    static PeersProcess start(Netns netns, TunnelFiles files, int step) {
        Path folder = netns.lab().newFolder("peers");
        files.peers().forEach((name, text) -> Lab.write(folder.resolve(name), text));
        RunningProcess process = LoadGenerator.start(
                netns,
                Peers.class,
                Peers.READY,
                LIMIT,
                folder.toString(),
                Integer.toString(files.tunnels()),
                Integer.toString(step));
        return new PeersProcess(process, files.tunnels(), step);
    }

    /** Has it count what comes from now on. Returns how many lines it has printed. */
    int forget() {
        int before = process.printed();
        process.tell("forget");
        process.awaitAfter(before, "^forgotten", LIMIT);
        return process.printed();
    }

    void initiate() {
        process.tell("initiate");
    }

    /** Tunnels that have come or gone. */
    int touched() {
        int before = process.printed();
        process.tell("touched");
        return Integer.parseInt(process.awaitAfter(before, "^touched", LIMIT).replaceAll("\\D", ""));
    }

    /** Waits until so many have come. */
    void awaitUp(int from, int count) {
        process.awaitAfter(from, "^up " + count + "$", LIMIT);
    }

    /** Waits until so many have gone. */
    void awaitDown(int from, int count) {
        process.awaitAfter(from, "^down " + count + "$", LIMIT);
    }

    /** Waits until all have come, and looks at each step what the gateway has used. */
    Steps watch(int from, long gateway) throws IOException {
        List<Double> micros = new ArrayList<>();
        long start = System.nanoTime();
        double before = ProcessFigures.of(gateway).cpuSeconds();
        for (int count = step; count <= tunnels; count += step) {
            awaitUp(from, count);
            double now = ProcessFigures.of(gateway).cpuSeconds();
            micros.add((now - before) * 1e6 / step);
            before = now;
        }
        return new Steps(micros, (System.nanoTime() - start) / 1e9);
    }
}
