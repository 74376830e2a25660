package org.ikebana.daemon.control;

import java.io.IOException;
import java.nio.file.Path;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.client.ViciException;
import org.ikebana.vici.wire.Message;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which daemon is meant. */
public final class DaemonSocket {
    @Option(
            names = "--socket",
            paramLabel = "FILE",
            defaultValue = "/run/ikebana/ikebana.vici",
            description = "The daemon's vici socket (default: ${DEFAULT-VALUE}).")
    private Path socket = Path.of("/run/ikebana/ikebana.vici");

    public ViciClient connect() throws IOException {
        return ViciClient.connect(socket);
    }

    /** @throws ViciException with the daemon's reason when it has not done it */
    public static Message required(Message answer) throws ViciException {
        if (answer.text("success").filter("no"::equals).isPresent()) {
            throw new ViciException(answer.text("errmsg").orElse("the daemon has not done it, and gives no reason"));
        }
        return answer;
    }

    /** Has what a daemon says, or that there is none, said in one line; the command line is the whole program's. */
    public static void explainFailures(CommandLine line) {
        CommandLine.IExecutionExceptionHandler others = line.getExecutionExceptionHandler();
        line.setExecutionExceptionHandler((e, command, result) -> {
            boolean asksDaemon = command.getCommandSpec().mixins().values().stream()
                    .anyMatch(mixin -> mixin.userObject() instanceof DaemonSocket);
            if (!asksDaemon || !(e instanceof IOException)) {
                return others.handleExecutionException(e, command, result);
            }
            command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + e.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
