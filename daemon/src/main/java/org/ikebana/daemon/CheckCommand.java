package org.ikebana.daemon;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana check}. */
@Command(
        name = "check",
        description = "Reads a configuration and says what is wrong with it, or what it would bring up.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            description = "A swanctl.conf, or a directory with one.",
            defaultValue = "/etc/swanctl",
            arity = "0..1")
    private Path config = Path.of("/etc/swanctl");

    @Override
    public Integer call() {
        try {
            Configuration configuration = ConfigLoader.load(config);
            configuration.warnings().forEach(w -> spec.commandLine().getErr().println("warning: " + w));
            spec.commandLine().getOut().print(Explanation.of(configuration));
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
}
