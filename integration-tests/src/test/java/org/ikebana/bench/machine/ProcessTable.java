package org.ikebana.bench.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What every process of the machine has used so far, but the kernel's own threads, which work for whoever measures.
 *
 * @param processes by their ids
 */
public record ProcessTable(long nanoTime, Map<Long, Process> processes) {
    private static final long KTHREADD = 2;
    private static final double TICKS_A_SECOND = 100;

    public ProcessTable {
        processes = Map.copyOf(processes);
    }

    /**
     * One process.
     *
     * @param cpuSeconds user and system time of all its threads
     */
    public record Process(String name, double cpuSeconds) {}

    public static ProcessTable now() throws IOException {
        Map<Long, Process> processes = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                read(folder, processes);
            }
        }
        return new ProcessTable(System.nanoTime(), processes);
    }

    /** CPUs that processes other than these kept busy since then. */
    public double othersSince(ProcessTable before, Set<Long> ids, Set<String> names) {
        double busy = 0;
        for (Map.Entry<Long, Process> entry : processes.entrySet()) {
            Process process = entry.getValue();
            if (!ids.contains(entry.getKey()) && !names.contains(process.name)) {
                Process earlier = before.processes.get(entry.getKey());
                busy += process.cpuSeconds - (earlier == null ? 0 : earlier.cpuSeconds);
            }
        }
        return busy / ((nanoTime - before.nanoTime) / 1e9);
    }

    /** proc_pid_stat(5): the name stands in parentheses and may hold any character. */
    private static void read(Path folder, Map<Long, Process> processes) throws IOException {
        String stat;
        try {
            stat = Files.readString(folder.resolve("stat"));
        } catch (NoSuchFileException ended) {
            return;
        } catch (IOException e) {
            if (Files.exists(folder)) { // else it ended while it was read
                throw e;
            }
            return;
        }
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ");
        if (Long.parseLong(fields[1]) != KTHREADD) {
            double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
            processes.put(
                    Long.valueOf(folder.getFileName().toString()),
                    new Process(stat.substring(stat.indexOf('(') + 1, end), cpu));
        }
    }
}
