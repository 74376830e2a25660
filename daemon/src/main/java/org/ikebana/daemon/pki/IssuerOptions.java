package org.ikebana.daemon.pki;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Issuer;
import org.ikebana.ike.x509.Certificate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The CA that signs. */
final class IssuerOptions {
    @Option(
            names = {"--cacert", "-c"},
            required = true,
            paramLabel = "FILE",
            description = "Certificate of the CA.")
    private Path certificate = Path.of("");

    @Option(
            names = {"--cakey", "-k"},
            required = true,
            paramLabel = "FILE",
            description = "Private key of the CA.")
    private Path key = Path.of("");

    @Mixin
    private SigningOptions signing = new SigningOptions();

    Certificate certificate() throws AuthorityException {
        return InputFile.read(Optional.of(certificate)).certificate();
    }

    Issuer issuer(Certificate authority, SecureRandom random) throws AuthorityException {
        return Issuer.of(authority, InputFile.read(Optional.of(key)).privateKey(), signing.signing(), random);
    }
}
