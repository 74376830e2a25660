package org.ikebana.bench.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the threads of a process have used so far, those of the virtual machine among them.
 *
 * @param cpuSeconds by the thread's name; threads of one name, and those that have a number behind it, together
 */
public record ThreadFigures(Map<String, Double> cpuSeconds) {
    public ThreadFigures {
        cpuSeconds = Map.copyOf(cpuSeconds);
    }

    public static ThreadFigures of(long pid) throws IOException {
        Map<String, Double> used = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                read(thread, used);
            }
        }
        return new ThreadFigures(used);
    }

    /** What they have used since then, the busiest first. */
    public Map<String, Double> since(ThreadFigures before) {
        Map<String, Double> used = new LinkedHashMap<>();
        cpuSeconds.entrySet().stream()
                .map(now -> Map.entry(now.getKey(), now.getValue() - before.cpuSeconds.getOrDefault(now.getKey(), 0.0)))
                .filter(since -> since.getValue() > 0)
                .sorted(Comparator.comparing(Map.Entry<String, Double>::getValue)
                        .reversed())
                .forEach(since -> used.put(since.getKey(), since.getValue()));
        return used;
    }

    /** The first figure of schedstat is nanoseconds on a CPU. */
    private static void read(Path thread, Map<String, Double> used) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm")).strip().replaceAll("[#-]?\\d+$", "");
            String nanos = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
            used.merge(name, Long.parseLong(nanos) / 1e9, Double::sum);
        } catch (NoSuchFileException ended) {
            return;
        } catch (IOException e) {
            if (Files.exists(thread)) { // else it ended while it was read
                throw e;
            }
        }
    }
}
