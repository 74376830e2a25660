package org.ikebana.bench.handshake;

import java.nio.file.Path;
import java.time.Duration;
import org.ikebana.bench.machine.LoadGenerator;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.RunningProcess;

/** An {@link Initiator} at work, on CPU 1. */
record Load(RunningProcess process) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** @param sas how many it may establish in all */
    static Load start(Netns netns, Scenario scenario, int sas) {
        Path folder = netns.lab().newFolder("initiator");
        scenario.initiator().forEach((name, text) -> Lab.write(folder.resolve(name), text));
        return new Load(LoadGenerator.start(
                netns,
                Initiator.class,
                Initiator.READY,
                LIMIT,
                folder.toString(),
                Scenario.INITIATOR_ADDRESS,
                Integer.toString(sas)));
    }

    /** @return seconds from the first request to the last SA */
    double establish(int sas) {
        int before = process.printed();
        process.tell(Integer.toString(sas));
        String line = process.awaitAfter(before, "^established", LIMIT);
        process.awaitAfter(before, "^complete", LIMIT);
        return Double.parseDouble(line.replaceAll(".* in ([0-9.]+) s.*", "$1"));
    }

    /** Deletes all. */
    void clear() {
        int before = process.printed();
        process.tell(Initiator.CLEAR);
        process.awaitAfter(before, "^" + Initiator.CLEARED, LIMIT);
    }
}
