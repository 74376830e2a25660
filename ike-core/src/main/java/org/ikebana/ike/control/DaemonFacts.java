package org.ikebana.ike.control;

import java.time.Instant;
import java.util.List;

/**
 * What stays the same as long as the daemon runs.
 *
 * @param version its number
 * @param plugins names of what has been found
 */
public record DaemonFacts(String version, Instant started, List<String> plugins) {
    public DaemonFacts {
        plugins = List.copyOf(plugins);
    }
}
