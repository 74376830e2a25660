package org.ikebana.daemon.pki;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.KeyRecipe;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import picocli.CommandLine.Option;

/** A key that is made along with what is made for it. */
final class NewKey {
    private static final String DEFAULT_TYPE = "ecdsa";

    @Option(
            names = "--newkey",
            paramLabel = "FILE",
            description = "Make a new private key, and write it into this file, instead of reading one with --in.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--keytype",
            paramLabel = "TYPE",
            defaultValue = DEFAULT_TYPE,
            description = "Of --newkey: rsa, ecdsa, ed25519, ed448, mldsa44, mldsa65 or mldsa87 (default:"
                    + " ${DEFAULT-VALUE}).")
    private String type = DEFAULT_TYPE;

    @Option(names = "--size", paramLabel = "BITS", description = "Of --newkey, for rsa and ecdsa.")
    private Optional<Integer> size = Optional.empty();

    /** Empty if none is asked for. Nothing is written yet. */
    Optional<Secret> make(Output output, SecureRandom random) throws AuthorityException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        output.requireFree(file.get());
        output.requireFree();
        return Optional.of(KeyRecipe.of(type).make(size, random));
    }

    void write(Secret key, Output output) throws AuthorityException {
        output.writePrivateKey(file.orElseThrow(), key.bytes());
    }

    static SoftwareKey decode(Secret key) {
        try {
            return SoftwareKey.decode(key);
        } catch (UnusableKeyException e) {
            throw new IllegalStateException("A key that was just made can be used", e);
        }
    }
}
