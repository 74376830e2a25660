package org.ikebana.daemon.log;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.event.Subsystem;

/** Whose lines are which part's: modules that are of use without the daemon name their loggers after their classes. */
final class LoggerNames {
    private LoggerNames() {}

    private static final Map<Subsystem, List<String>> OF_CLASSES = Map.of(
            Subsystem.DAEMON, List.of("org.ikebana.daemon"),
            Subsystem.IKE, List.of("org.ikebana.ike"),
            Subsystem.NET, List.of("org.ikebana.kernel.udp", "org.ikebana.kernel.tun.wire"),
            Subsystem.KERNEL, List.of("org.ikebana.kernel"),
            Subsystem.AUTH, List.of("org.ikebana.ike.crypto", "org.ikebana.ike.service.Fetcher"),
            Subsystem.CONFIG, List.of("org.ikebana.config"),
            Subsystem.CONTROL, List.of("org.ikebana.ike.service.ServiceControl"));

    /** The loggers above all of this part, of which the one with the longest name decides. */
    static List<String> of(Subsystem subsystem) {
        return Stream.concat(Stream.of(subsystem.logger()), OF_CLASSES.getOrDefault(subsystem, List.of()).stream())
                .toList();
    }

    /** The part that a logger is of; what is of none comes from a library, and is the daemon's. */
    static Subsystem subsystem(String logger) {
        record Candidate(Subsystem subsystem, String name) {}

        Optional<Candidate> best = Stream.of(Subsystem.values())
                .flatMap(subsystem -> of(subsystem).stream().map(name -> new Candidate(subsystem, name)))
                .filter(candidate -> logger.equals(candidate.name) || logger.startsWith(candidate.name + "."))
                .max(Comparator.comparingInt(candidate -> candidate.name.length()));
        return best.map(Candidate::subsystem).orElse(Subsystem.DAEMON);
    }
}
