package org.ikebana.daemon.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CRLHolder;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Issuer;
import org.ikebana.daemon.authority.RevocationList;
import org.ikebana.daemon.authority.Validity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ikebana pki signcrl}. */
@Command(
        name = "signcrl",
        aliases = "--signcrl",
        description = {
            "Makes a revocation list (CRL) of a CA.",
            "Each --cert or --serial revokes one certificate, for the --reason and from the --date before it."
        },
        footer = {
            "",
            "Example, one certificate more in a list that is there:",
            "  ikebana pki signcrl --cakey ca.key --cacert ca.pem --lastcrl ca.crl --reason key-compromise --cert a.pem \\",
            "      --out ca.crl --force"
        })
final class SignCrlCommand implements Callable<Integer> {
    private static final int DEFAULT_DAYS = 15;

    @Mixin
    private IssuerOptions issuer = new IssuerOptions();

    @Mixin
    private RevocationOptions revocations = new RevocationOptions();

    @Option(
            names = {"--lifetime", "-l"},
            paramLabel = "DAYS",
            description = "Days until there is to be a newer list (default: 15).")
    private int days = DEFAULT_DAYS;

    @Option(
            names = {"--this-update", "-F"},
            paramLabel = "TIME",
            converter = Dates.class,
            description = "When the list begins to count (default: now).")
    private Optional<Instant> thisUpdate = Optional.empty();

    @Option(
            names = {"--next-update", "-T"},
            paramLabel = "TIME",
            converter = Dates.class,
            description = "Until when there is to be a newer list, instead of --lifetime.")
    private Optional<Instant> nextUpdate = Optional.empty();

    @Option(
            names = {"--lastcrl", "-a"},
            paramLabel = "FILE",
            description = "The list before this one, whose revocations are taken over.")
    private Optional<Path> last = Optional.empty();

    @Option(
            names = {"--basecrl", "-b"},
            paramLabel = "FILE",
            description = "The list that this one, a delta, says the difference to.")
    private Optional<Path> base = Optional.empty();

    @Option(
            names = {"--crluri", "-u"},
            paramLabel = "URI",
            description = "Where deltas to this list are; may be given several times.")
    private List<String> freshestUris = new ArrayList<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws AuthorityException, IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Issuer signer = issuer.issuer(issuer.certificate(), new SecureRandom());
        var list = new RevocationList(
                Validity.of(now, thisUpdate, nextUpdate, Duration.ofDays(days)),
                revocations.read(now),
                read(last),
                read(base),
                freshestUris);
        output.write("X509 CRL", list.signedBy(signer).getEncoded());
        return 0;
    }

    RevocationOptions revocations() {
        return revocations;
    }

    private static Optional<X509CRLHolder> read(Optional<Path> file) throws AuthorityException {
        return file.isPresent() ? Optional.of(InputFile.read(file).revocationList()) : Optional.empty();
    }
}
