package org.ikebana.daemon.pki;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.CertificateContent;
import org.ikebana.daemon.authority.Purpose;
import org.ikebana.daemon.authority.Validity;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a certificate is to say, as {@code self} and {@code issue} take it. */
final class Content {
    private static final int DEFAULT_DAYS = 1095;

    @Mixin
    private Naming naming = new Naming();

    @Option(
            names = {"--lifetime", "-l"},
            paramLabel = "DAYS",
            description = "Days that it is valid (default: 1095, but not longer than its CA).")
    private Optional<Integer> days = Optional.empty();

    @Option(
            names = {"--not-before", "-F"},
            paramLabel = "TIME",
            converter = Dates.class,
            description = "When it begins to be valid, as 2026-11-29 or 2026-11-29T12:00:00Z (default: now).")
    private Optional<Instant> notBefore = Optional.empty();

    @Option(
            names = {"--not-after", "-T"},
            paramLabel = "TIME",
            converter = Dates.class,
            description = "When it ends, instead of --lifetime.")
    private Optional<Instant> notAfter = Optional.empty();

    @Option(
            names = {"--serial", "-s"},
            paramLabel = "HEX",
            converter = Serials.class,
            description = "Serial number (default: random).")
    private Optional<BigInteger> serial = Optional.empty();

    @Option(
            names = {"--ca", "-b"},
            description = "Make it the certificate of a CA.")
    private boolean authority;

    @Option(
            names = {"--pathlen", "-p"},
            paramLabel = "NUMBER",
            description = "How many CAs may lie below this one.")
    private Optional<Integer> pathLength = Optional.empty();

    @Option(
            names = {"--ocsp", "-o"},
            paramLabel = "URI",
            description = "OCSP responder of its CA; may be given several times.")
    private List<String> ocspUris = new ArrayList<>();

    Naming naming() {
        return naming;
    }

    boolean isEndGiven() {
        return days.isPresent() || notAfter.isPresent();
    }

    Validity validity(Instant now) throws AuthorityException {
        if (days.isPresent() && notAfter.isPresent()) {
            throw new AuthorityException("--lifetime and --not-after say both when it ends; leave one out");
        }
        return Validity.of(now, notBefore, notAfter, Duration.ofDays(days.orElse(DEFAULT_DAYS)));
    }

    CertificateContent certificate(
            X500Name of, List<GeneralName> names, Set<Purpose> purposes, Validity validity, List<String> crlUris)
            throws AuthorityException {
        if (pathLength.isPresent() && !authority) {
            throw new AuthorityException("--pathlen is of CAs only; add --ca, or leave it out");
        }
        if (pathLength.orElse(0) < 0) {
            throw new AuthorityException("--pathlen cannot be negative");
        }
        return new CertificateContent(
                of,
                names,
                validity,
                serial.orElseGet(() -> Serials.random(new SecureRandom())),
                authority,
                pathLength.isPresent() ? OptionalInt.of(pathLength.get()) : OptionalInt.empty(),
                purposes,
                crlUris,
                ocspUris);
    }
}
