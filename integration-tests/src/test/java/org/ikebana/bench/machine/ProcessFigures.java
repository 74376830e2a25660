package org.ikebana.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, from its own accounting.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param residentKilobytes VmRSS
 */
public record ProcessFigures(double cpuSeconds, long residentKilobytes) {
    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    public static ProcessFigures of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        long resident = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        return new ProcessFigures(cpu, resident);
    }
}
