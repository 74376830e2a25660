package org.ikebana.daemon.xfrm;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How it is shown, and where the names come from. */
final class OutputOptions {
    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "/etc/swanctl",
            description =
                    "Where the names of connections are looked up, by reqid and traffic (default: ${DEFAULT-VALUE}).")
    Path config = Path.of("/etc/swanctl");
}
