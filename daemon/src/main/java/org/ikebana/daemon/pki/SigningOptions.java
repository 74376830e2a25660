package org.ikebana.daemon.pki;

import java.util.Optional;
import org.ikebana.daemon.authority.Signing;
import picocli.CommandLine.Option;

/** How to sign. */
final class SigningOptions {
    @Option(
            names = {"--digest", "-g"},
            paramLabel = "DIGEST",
            description = "Of signatures with rsa and ecdsa: sha256, sha384 or sha512 (default: by the key).")
    private Optional<String> digest = Optional.empty();

    @Option(
            names = {"--rsa-padding", "-R"},
            paramLabel = "pkcs1|pss",
            defaultValue = "pkcs1",
            description = "Padding of signatures with rsa (default: ${DEFAULT-VALUE}).")
    private Padding padding = Padding.pkcs1;

    /** The words of {@code --rsa-padding}. */
    enum Padding {
        pkcs1,
        pss
    }

    Signing signing() {
        return new Signing(digest, padding == Padding.pss);
    }
}
