package org.ikebana.ike.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What stays the same as long as the daemon runs.
 *
 * @param version its number
 * @param plugins names of what has been found
 * @param configuration its directory, or the one file
 * @param tokenModules libraries for PKCS #11 tokens, by name
 */
public record DaemonFacts(
        String version, Instant started, List<String> plugins, Path configuration, Map<String, Path> tokenModules) {
    public DaemonFacts {
        plugins = List.copyOf(plugins);
        tokenModules = Map.copyOf(tokenModules);
    }
}
