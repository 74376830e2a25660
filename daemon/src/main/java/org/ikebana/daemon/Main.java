package org.ikebana.daemon;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.ikebana.daemon.control.CaptureCommand;
import org.ikebana.daemon.control.CountersCommand;
import org.ikebana.daemon.control.DaemonSocket;
import org.ikebana.daemon.control.DownCommand;
import org.ikebana.daemon.control.EventsCommand;
import org.ikebana.daemon.control.ExplainCommand;
import org.ikebana.daemon.control.LogLevelCommand;
import org.ikebana.daemon.control.LogsCommand;
import org.ikebana.daemon.control.ProbeCommand;
import org.ikebana.daemon.control.RekeyCommand;
import org.ikebana.daemon.control.ReloadCommand;
import org.ikebana.daemon.control.StatusCommand;
import org.ikebana.daemon.control.UpCommand;
import org.ikebana.daemon.demo.DemoCommand;
import org.ikebana.daemon.pki.PkiCommand;
import org.ikebana.daemon.plan.PlanCommand;
import org.ikebana.daemon.xfrm.ExplainTrafficCommand;
import org.ikebana.daemon.xfrm.XfrmCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The {@code ikebana} command. */
@Command(
        name = "ikebana",
        description = "IKEv2 keying daemon for site-to-site VPNs.",
        version = "Ikebana " + Main.VERSION,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with 'ikebana demo': it brings up a tunnel on this machine and shows each step.",
            "Exit status: 0 all is well, 1 it failed, 2 wrong usage."
        })
public final class Main {
    static final String VERSION = "0.1.0";

    private static final String COMPLETION = "generate-completion";

    /** In the order of the help. */
    private static final SequencedMap<String, Class<?>> SUBCOMMANDS = new LinkedHashMap<>();

    static {
        SUBCOMMANDS.put(DaemonCommand.NAME, DaemonCommand.class);
        SUBCOMMANDS.put("status", StatusCommand.class);
        SUBCOMMANDS.put("explain", ExplainCommand.class);
        SUBCOMMANDS.put("up", UpCommand.class);
        SUBCOMMANDS.put("down", DownCommand.class);
        SUBCOMMANDS.put("rekey", RekeyCommand.class);
        SUBCOMMANDS.put("probe", ProbeCommand.class);
        SUBCOMMANDS.put("capture", CaptureCommand.class);
        SUBCOMMANDS.put("reload", ReloadCommand.class);
        SUBCOMMANDS.put("events", EventsCommand.class);
        SUBCOMMANDS.put("logs", LogsCommand.class);
        SUBCOMMANDS.put("log-level", LogLevelCommand.class);
        SUBCOMMANDS.put("counters", CountersCommand.class);
        SUBCOMMANDS.put("check", CheckCommand.class);
        SUBCOMMANDS.put("plan", PlanCommand.class);
        SUBCOMMANDS.put("kernel", KernelCommand.class);
        SUBCOMMANDS.put("demo", DemoCommand.class);
        SUBCOMMANDS.put("pki", PkiCommand.class);
        SUBCOMMANDS.put("xfrm", XfrmCommand.class);
        SUBCOMMANDS.put("explain-traffic", ExplainTrafficCommand.class);
        SUBCOMMANDS.put(COMPLETION, AutoComplete.GenerateCompletion.class);
    }

    private Main() {}

    public static void main(String[] arguments) {
        Optional<Path> daemon = DaemonCommand.plain(arguments);
        System.exit(daemon.isPresent() ? daemon(daemon.get()) : run(arguments));
    }

    /** @return the exit status; where it fails unforeseen, as picocli would */
    private static int daemon(Path config) {
        try {
            return DaemonCommand.run(config);
        } catch (InterruptedException | RuntimeException e) {
            e.printStackTrace();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** @return the exit status */
    static int run(String... arguments) {
        if (arguments.length == 0) {
            commandLine().usage(System.err);
            return CommandLine.ExitCode.USAGE;
        }
        return commandLine(arguments[0]).execute(arguments);
    }

    /** With all subcommands. */
    static CommandLine commandLine() {
        return commandLine(SUBCOMMANDS.keySet());
    }

    /** With the one that is named, if there is one: making all of them takes longer than most of them run. */
    static CommandLine commandLine(String subcommand) {
        boolean needsOthers = subcommand.equals(COMPLETION) || !SUBCOMMANDS.containsKey(subcommand);
        return needsOthers ? commandLine() : commandLine(Set.of(subcommand));
    }

    private static CommandLine commandLine(Set<String> subcommands) {
        CommandLine line = new CommandLine(new Main());
        subcommands.forEach(name -> line.addSubcommand(name, SUBCOMMANDS.get(name)));
        PkiCommand.explainFailures(line);
        XfrmCommand.explainFailures(line);
        DaemonSocket.explainFailures(line);
        return line;
    }
}
