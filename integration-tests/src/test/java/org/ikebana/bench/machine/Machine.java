package org.ikebana.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ikebana.it.process.Command;

/** What the figures were measured on. */
public final class Machine {
    private Machine() {}

    /** Prints processor, kernel and Java. */
    public static void describeItself() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse("model name: unknown");
        System.out.println(cpu.substring(cpu.indexOf(':') + 1).strip() + ", "
                + Runtime.getRuntime().availableProcessors() + " CPUs, Linux " + System.getProperty("os.version")
                + ", Java " + Runtime.version());
    }

    /** Prints processor, kernel, Java and strongSwan. */
    public static void describe() throws IOException {
        describeItself();
        Command.of("swanctl", "--version")
                .tryRun()
                .output()
                .lines()
                .filter(line -> line.startsWith("strongSwan"))
                .forEach(System.out::println);
    }
}
