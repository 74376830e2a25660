package org.ikebana.daemon.xfrm;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ikebana xfrm}. */
@Command(
        name = "xfrm",
        description = {
            "Shows the IPsec databases of this machine's kernel, as 'ip xfrm' does, but to be read.",
            "Needs no daemon, but root."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StateCommand.class, PolicyCommand.class, MonitorCommand.class, StatCommand.class})
public final class XfrmCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing subcommand");
    }

    /** Has what the kernel does not tell said in one line; the command line is the whole program's. */
    public static void explainFailures(CommandLine line) {
        CommandLine.IExecutionExceptionHandler others = line.getExecutionExceptionHandler();
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (!(e instanceof UnreadableKernelException)) {
                return others.handleExecutionException(e, command, result);
            }
            command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + e.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
