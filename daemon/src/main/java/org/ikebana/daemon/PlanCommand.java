package org.ikebana.daemon;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.plan.LiveSas;
import org.ikebana.config.plan.Plan;
import org.ikebana.config.plan.PlanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana plan}. */
@Command(
        name = "plan",
        description = {
            "Says what a reload would do: which connections and children it adds, changes, restarts and leaves alone.",
            "OLD is what the daemon has loaded, NEW what is to take its place."
        })
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "A swanctl.conf, or a directory with one.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "Another one.")
    private Path now = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Optional<Configuration> old = load(before);
            Optional<Configuration> fresh = load(now);
            if (old.isEmpty() || fresh.isEmpty()) {
                return 1;
            }
            Plan plan = Plan.between(old.get(), fresh.get());
            spec.commandLine().getOut().print(json ? PlanJson.of(plan) + "\n" : PlanText.of(plan, LiveSas.UNKNOWN));
            return 0;
        } finally {
            spec.commandLine().getOut().flush();
            spec.commandLine().getErr().flush();
        }
    }

    private Optional<Configuration> load(Path config) {
        try {
            return Optional.of(ConfigLoader.load(config));
        } catch (ConfigException e) {
            e.problems().forEach(p -> spec.commandLine().getErr().println("error: " + p));
            return Optional.empty();
        }
    }
}
