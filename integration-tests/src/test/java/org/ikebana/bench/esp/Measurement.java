package org.ikebana.bench.esp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.bench.machine.ProcessFigures;
import org.ikebana.bench.machine.ProcessTable;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Iperf;
import org.ikebana.it.net.Ping;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;

/**
 * One run of one plane: set up, proven by a ping, warmed up, loaded.
 *
 * @param warmUp how long TCP runs first, so that a just-in-time compiler has had its time
 */
record Measurement(Plane plane, List<Load> loads, Duration time, Duration warmUp) {
    private static final Set<String> OUR_PROGRAMS = Set.of("iperf3");

    List<Sample> run() throws IOException {
        try (Lab lab = Lab.open()) {
            Testbed bed = Testbed.create(lab);
            List<IkeDaemon> daemons = plane.start(bed);
            Await.until(
                    plane + " carries a ping",
                    Patience.seconds(10),
                    () -> Ping.once(bed.west().host(), bed.east().hostAddress()));
            Iperf iperf = Iperf.between(
                    bed.west().host(), bed.east().host(), bed.east().hostAddress());
            iperf.tcp(warmUp);
            List<Sample> samples = new ArrayList<>();
            for (Load load : loads) {
                samples.add(measure(iperf, load, daemons));
            }
            return samples;
        }
    }

    private Sample measure(Iperf iperf, Load load, List<IkeDaemon> daemons) throws IOException {
        Set<Long> ours = new HashSet<>(Set.of(ProcessHandle.current().pid()));
        daemons.forEach(daemon -> ours.add(daemon.pid()));
        ProcessTable before = ProcessTable.now();
        double cpuBefore = cpuSeconds(daemons);
        Iperf.Flow flow = load.send(iperf, time);
        double cpu = cpuSeconds(daemons) - cpuBefore;
        double others = ProcessTable.now().othersSince(before, ours, OUR_PROGRAMS);
        return new Sample(
                plane,
                load,
                load.rate(flow),
                flow.sent() / flow.seconds() / 1e3,
                load.isTcp() ? 0 : flow.loss(load.octets()),
                cpu / (flow.received() / 1e9),
                others);
    }

    private static double cpuSeconds(List<IkeDaemon> daemons) throws IOException {
        double seconds = 0;
        for (IkeDaemon daemon : daemons) {
            seconds += ProcessFigures.of(daemon.pid()).cpuSeconds();
        }
        return seconds;
    }
}
