package org.ikebana.bench.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.RunningProcess;

/** A program of ours at the other end of what is measured: in a namespace, on CPU 1, and told what to do through its standard input. */
public final class LoadGenerator {
    private LoadGenerator() {}

    /** Starts it, and waits until it prints that it is ready. */
    public static RunningProcess start(Netns netns, Class<?> main, String ready, Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "taskset",
                "-c",
                "1",
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        RunningProcess program = netns.lab()
                .own(RunningProcess.startListening(main.getSimpleName(), netns.commandLine(command), Map.of()));
        program.await("^" + ready, limit);
        return program;
    }
}
