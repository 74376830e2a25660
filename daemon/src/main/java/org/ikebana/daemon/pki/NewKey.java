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

    /** Nothing is written yet. */
    Made make(Output output, SecureRandom random) throws AuthorityException {
        if (file.isEmpty()) {
            return new Made(Optional.empty());
        }
        output.requireFree(file.get());
        output.requireFree();
        return new Made(Optional.of(KeyRecipe.of(type).make(size, random)));
    }

    /** The key, if one was asked for. */
    final class Made implements AutoCloseable {
        private final Optional<Secret> encoded;

        private Made(Optional<Secret> encoded) {
            this.encoded = encoded;
        }

        Optional<SoftwareKey> key() {
            return encoded.map(NewKey::decode);
        }

        /** It, or else the one that is there. */
        SoftwareKey keyOr(Input input) throws AuthorityException {
            return encoded.isPresent() ? decode(encoded.get()) : input.read().privateKey();
        }

        /** Before what is made for it, which is of no use without the key. */
        void write(Output output) throws AuthorityException {
            if (encoded.isPresent()) {
                output.writePrivateKey(file.orElseThrow(), encoded.get().bytes());
            }
        }

        @Override
        public void close() {
            encoded.ifPresent(Secret::close);
        }
    }

    private static SoftwareKey decode(Secret key) {
        try {
            return SoftwareKey.decode(key);
        } catch (UnusableKeyException e) {
            throw new IllegalStateException("A key that was just made can be used", e);
        }
    }
}
