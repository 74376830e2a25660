package org.ikebana.daemon.pki;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ikebana.daemon.authority.AuthorityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ikebana pki print}. */
@Command(
        name = "print",
        aliases = "--print",
        description =
                "Says what a key, certificate, request or revocation list holds; of private keys the public part.",
        footer = {"", "Example: ikebana pki print --in a.pem"})
final class PrintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Input input = new Input();

    @Override
    public Integer call() throws AuthorityException {
        PrintWriter out = spec.commandLine().getOut();
        new Printout(Instant.now()).of(input.read()).forEach(out::println);
        out.flush();
        return 0;
    }
}
