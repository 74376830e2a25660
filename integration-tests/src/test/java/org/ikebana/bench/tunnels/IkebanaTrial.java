package org.ikebana.bench.tunnels;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.bench.tunnels.TunnelFiles.Start;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.peer.Checkout;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.process.Command;

/** A gateway from its start to its end. */
final class IkebanaTrial {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final String NO_TUNNELS = "connections {\n}\n";

    private final TunnelFiles files;
    private final Cable cable;
    private final PeersProcess peers;

    IkebanaTrial(Lab lab, TunnelFiles files, int step) {
        this.files = files;
        this.cable = Cable.lay(lab);
        this.peers = PeersProcess.start(cable.peers(), files, step);
    }

    IkebanaFigures run() throws IOException, InterruptedException {
        int from = peers.forget();
        IkebanaDaemon daemon =
                IkebanaDaemon.start(cable.gateway(), files.gateway(Start.ALL), Checkout.packagedJavaOptions());
        Command.of("taskset", "-a", "-c", "-p", "0", Long.toString(daemon.pid()))
                .run();
        Steps cold = peers.watch(from, daemon.pid());
        double status = statusSeconds(daemon);
        double list = TunnelsBench.seconds(
                () -> requireAll(daemon.swanctl("--list-sas").run(), "ESTABLISHED"));
        double statusAgain = statusSeconds(daemon);
        double cpuBefore = cpu(daemon);
        TimeUnit.SECONDS.sleep(QUIET.toSeconds());
        double liveness = (cpu(daemon) - cpuBefore) * 100 / QUIET.toSeconds();
        long live = liveBytes(daemon);
        double resident = ProcessFigures.of(daemon.pid()).residentKilobytes() / 1024.0;

        peers.forget();
        cpuBefore = cpu(daemon);
        int changed = Math.max(1, files.tunnels() / 100);
        double reload = TunnelsBench.seconds(() -> reload(daemon, files.gatewayConf(Start.ALL, changed)));
        double more = awaitTouched(changed);
        double reloadCpu = cpu(daemon) - cpuBefore;
        int touched = peers.touched();

        from = peers.forget();
        reload(daemon, NO_TUNNELS);
        peers.awaitDown(from, files.tunnels());
        long none = liveBytes(daemon);
        from = peers.forget();
        reload(daemon, files.gatewayConf(Start.ALL, 0));
        Steps warm = peers.watch(from, daemon.pid());

        from = peers.forget();
        reload(daemon, NO_TUNNELS);
        peers.awaitDown(from, files.tunnels());
        reload(daemon, files.gatewayConf(Start.NONE, 0));
        from = peers.forget();
        peers.initiate();
        Steps accepted = peers.watch(from, daemon.pid());

        int atEnd = peers.forget();
        double shutdown = TunnelsBench.seconds(daemon::stop);
        peers.awaitDown(atEnd, files.tunnels());
        return new IkebanaFigures(
                cold,
                warm,
                accepted,
                status,
                list,
                statusAgain,
                reload + more,
                reloadCpu,
                touched,
                liveness,
                (live - none) / 1024.0 / files.tunnels(),
                resident,
                shutdown);
    }

    private double statusSeconds(IkebanaDaemon daemon) throws IOException, InterruptedException {
        return TunnelsBench.seconds(() -> requireAll(daemon.ikebana("status").run(), " up "));
    }

    private static void reload(IkebanaDaemon daemon, String swanctlConf) {
        Lab.write(daemon.folder().resolve("swanctl.conf"), swanctlConf);
        daemon.ikebana("reload").run();
    }

    /** Seconds until so many have been touched, and no more for a while; without that while. */
    private double awaitTouched(int expected) throws InterruptedException {
        long start = System.nanoTime();
        long last = start;
        int before = 0;
        while (System.nanoTime() - last < TimeUnit.SECONDS.toNanos(3)) {
            int now = peers.touched();
            if (now != before || now < expected) {
                last = System.nanoTime();
                before = now;
            }
            TimeUnit.MILLISECONDS.sleep(20);
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(2)) {
                throw new AssertionError("of " + expected + " changed tunnels " + now + " were touched");
            }
        }
        return (last - start) / 1e9;
    }

    private void requireAll(String output, String word) {
        long found = output.lines().filter(line -> line.contains(word)).count();
        if (found != files.tunnels()) {
            throw new AssertionError(found + " of " + files.tunnels() + " tunnels are listed:\n"
                    + output.substring(0, Math.min(2000, output.length())));
        }
    }

    private static double cpu(IkebanaDaemon daemon) throws IOException {
        return ProcessFigures.of(daemon.pid()).cpuSeconds();
    }

    /** Live objects after a full collection: what the heap has beyond them is free. */
    private static long liveBytes(IkebanaDaemon daemon) {
        List<String> histogram = Command.of("jcmd", Long.toString(daemon.pid()), "GC.class_histogram")
                .run()
                .strip()
                .lines()
                .toList();
        return Long.parseLong(histogram.getLast().strip().split("\\s+")[2]);
    }
}
