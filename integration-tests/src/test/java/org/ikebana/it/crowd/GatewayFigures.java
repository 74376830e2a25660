package org.ikebana.it.crowd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ikebana.bench.machine.ProcessFigures;

/** What the gateway's process holds. */
record GatewayFigures(long threads, long descriptors, long residentKilobytes) {
    static GatewayFigures of(long pid) throws IOException {
        long threads;
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/task"))) {
            threads = all.count();
        }
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return new GatewayFigures(
                    threads, all.count(), ProcessFigures.of(pid).residentKilobytes());
        }
    }

    /** Of either, what is more. */
    GatewayFigures most(GatewayFigures other) {
        return new GatewayFigures(
                Math.max(threads, other.threads),
                Math.max(descriptors, other.descriptors),
                Math.max(residentKilobytes, other.residentKilobytes));
    }

    @Override
    public String toString() {
        return threads + " threads, " + descriptors + " descriptors, " + residentKilobytes / 1024 + " MiB";
    }
}
