package org.ikebana.daemon.plan;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.config.plan.LiveSas;
import org.ikebana.config.plan.Plan;
import org.ikebana.config.plan.PlanText;
import org.ikebana.daemon.control.DaemonSocket;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana plan}. */
@Command(
        name = "plan",
        description = {
            "Says what a reload would do: which connections and children it adds, changes, restarts and leaves alone.",
            "The daemon that runs is asked, and names the SAs that are up; or two configurations are compared."
        })
public final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable Files files;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** To be compared. */
    private static final class Files {
        @Parameters(
                index = "0",
                paramLabel = "OLD",
                description = "What is loaded: a swanctl.conf, or a directory with one.")
        private Path before = Path.of("");

        @Parameters(index = "1", paramLabel = "NEW", description = "What is to take its place.")
        private Path now = Path.of("");
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Files given = files;
            out.print(given == null ? asked() : compared(given));
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> err.println("error: " + problem));
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private String compared(Files given) throws ConfigException {
        Configuration before = ConfigLoader.load(given.before);
        Plan plan = Plan.between(before, ConfigLoader.load(given.now));
        return json ? PlanJson.of(plan) + "\n" : PlanText.of(plan, LiveSas.UNKNOWN);
    }

    private String asked() throws IOException {
        StringBuilder text = new StringBuilder();
        try (ViciClient daemon = socket.connect()) {
            Message request =
                    Message.with().put("format", json ? "json" : "text").build();
            DaemonSocket.required(daemon.stream(
                    "plan-reload",
                    request,
                    "plan-reload",
                    part -> text.append(part.text("text").orElse(""))));
        }
        return json ? text + "\n" : text.toString();
    }
}
