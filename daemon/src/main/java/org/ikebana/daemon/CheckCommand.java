package org.ikebana.daemon;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.Explanation;
import org.ikebana.config.StrongswanDifferences;
import org.ikebana.config.schema.Reference;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.daemon.text.ConfigurationFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana check}. */
@Command(
        name = "check",
        description = {
            "Reads a configuration and says what is wrong with it, or what it would bring up, and what of it is otherwise"
                    + " than with strongSwan."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            description = "A swanctl.conf, or a directory with one.",
            defaultValue = ConfigurationFolder.DEFAULT,
            arity = "0..1")
    private Path config = Path.of(ConfigurationFolder.path());

    @Option(names = "--keys", description = "Print all keys of swanctl.conf with what they do here, and read nothing.")
    private boolean keys;

    @Override
    public Integer call() {
        try {
            if (keys) {
                spec.commandLine().getOut().print(Reference.of(SwanctlTable.ROOT));
                return 0;
            }
            Configuration configuration = ConfigLoader.load(config);
            configuration.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
            spec.commandLine().getOut().print(Explanation.of(configuration));
            differences(configuration);
            return 0;
        } catch (ConfigException e) {
            e.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
            e.problems().forEach(p -> spec.commandLine().getErr().println("error: " + p));
            return 1;
        } finally {
            spec.commandLine().getOut().flush();
            spec.commandLine().getErr().flush();
        }
    }

    private void differences(Configuration configuration) {
        List<StrongswanDifferences.Difference> all = StrongswanDifferences.of(configuration);
        if (!all.isEmpty()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println();
            out.println("otherwise than with strongSwan");
            all.forEach(difference -> out.println("  " + difference));
        }
    }
}
