package org.ikebana.daemon.pki;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.KeyRecipe;
import org.ikebana.ike.crypto.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ikebana pki gen}. */
@Command(
        name = "gen",
        aliases = "--gen",
        description = "Makes a private key (PKCS #8).",
        footer = {"", "Example: ikebana pki gen --type ed25519 --out /etc/swanctl/private/a.key"})
final class GenCommand implements Callable<Integer> {
    @Option(
            names = {"--type", "-t"},
            paramLabel = "TYPE",
            defaultValue = "rsa",
            description = "rsa, ecdsa, ed25519, ed448, or post-quantum mldsa44, mldsa65, mldsa87 (default:"
                    + " ${DEFAULT-VALUE}).")
    private String type = "rsa";

    @Option(
            names = {"--size", "-s"},
            paramLabel = "BITS",
            description = "Of rsa 2048, 3072, 4096, 6144 or 8192 (default: 3072); of ecdsa 256, 384 or 521 (default:"
                    + " 384).")
    private Optional<Integer> size = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws AuthorityException {
        output.requireFree();
        try (Secret key = KeyRecipe.of(type).make(size, new SecureRandom())) {
            output.writePrivateKey(key.bytes());
        }
        return 0;
    }
}
