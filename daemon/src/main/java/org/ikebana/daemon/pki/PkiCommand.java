package org.ikebana.daemon.pki;

import org.ikebana.daemon.authority.AuthorityException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ikebana pki}. */
@Command(
        name = "pki",
        description = {
            "Makes keys, certificates and revocation lists, and shows them.",
            "Subcommands and options are those of strongSwan's pki, with or without -- before the subcommand. What differs:"
                    + " output is PEM unless --outform says der, goes into a file with --out, and what a file holds shows in"
                    + " the file, whatever --type says."
        },
        subcommands = {
            GenCommand.class,
            SelfCommand.class,
            IssueCommand.class,
            ReqCommand.class,
            SignCrlCommand.class,
            PrintCommand.class,
            PubCommand.class,
            KeyIdCommand.class,
            VerifyCommand.class
        },
        footer = {
            "",
            "A CA and the certificate of a gateway, with their keys:",
            "  ikebana pki self --ca --newkey ca.key --dn \"O=Example, CN=Example CA\" --out ca.pem",
            "  ikebana pki issue --cakey ca.key --cacert ca.pem --newkey a.key --dn \"O=Example, CN=a.example.org\" \\",
            "      --san a.example.org --out a.pem"
        })
public final class PkiCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing subcommand");
    }

    /** Has what cannot be done said in one line; the command line is the whole program's. */
    public static void explainFailures(CommandLine line) {
        CommandLine.IExecutionExceptionHandler others = line.getExecutionExceptionHandler();
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (!(e instanceof AuthorityException || e instanceof CommandLine.TypeConversionException)) {
                return others.handleExecutionException(e, command, result);
            }
            command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + e.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
