package org.ikebana.daemon.pki;

import java.util.concurrent.Callable;
import org.ikebana.daemon.authority.AuthorityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ikebana pki pub}. */
@Command(
        name = "pub",
        aliases = "--pub",
        description = "Takes the public key out of a private key, a certificate or a request.",
        footer = {"", "Example: ikebana pki pub --in a.key --out a.pub"})
final class PubCommand implements Callable<Integer> {
    @Mixin
    private Input input = new Input();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws AuthorityException {
        output.write("PUBLIC KEY", input.read().publicKey().encoded().toByteArray());
        return 0;
    }
}
