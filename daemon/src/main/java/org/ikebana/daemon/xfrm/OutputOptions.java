package org.ikebana.daemon.xfrm;

import java.nio.file.Path;
import org.ikebana.daemon.text.ConfigurationFolder;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How it is shown, and where the names come from. */
final class OutputOptions {
    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = ConfigurationFolder.DEFAULT,
            description =
                    "Where the names of connections are looked up, by reqid and traffic (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of(ConfigurationFolder.path());

    ConnectionNames names(XfrmTables tables, CommandSpec command) {
        return ConnectionNames.read(
                config, tables.policies(), command.commandLine().getErr());
    }
}
