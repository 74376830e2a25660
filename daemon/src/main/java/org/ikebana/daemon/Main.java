package org.ikebana.daemon;

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
        subcommands = {
            DaemonCommand.class,
            StatusCommand.class,
            ExplainCommand.class,
            UpCommand.class,
            DownCommand.class,
            RekeyCommand.class,
            ProbeCommand.class,
            CaptureCommand.class,
            ReloadCommand.class,
            EventsCommand.class,
            LogsCommand.class,
            LogLevelCommand.class,
            CountersCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            KernelCommand.class,
            DemoCommand.class,
            PkiCommand.class,
            XfrmCommand.class,
            ExplainTrafficCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "Start with 'ikebana demo': it brings up a tunnel on this machine and shows each step.",
            "Exit status: 0 all is well, 1 it failed, 2 wrong usage."
        })
public final class Main {
    static final String VERSION = "0.1.0";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** @return the exit status */
    static int run(String... arguments) {
        CommandLine line = commandLine();
        if (arguments.length == 0) {
            line.usage(System.err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        PkiCommand.explainFailures(line);
        XfrmCommand.explainFailures(line);
        DaemonSocket.explainFailures(line);
        return line;
    }
}
