package org.ikebana.ike.revocation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.CertificateStatus;
import org.ikebana.ike.x509.OcspRequest;
import org.ikebana.ike.x509.OcspResponse;
import org.ikebana.ike.x509.UnusableStatusException;

/** Asks OCSP responders over HTTP (RFC 6960 A), and keeps what they say until there is newer information. */
final class OcspServers {
    private final Environment environment;
    private final CryptoRegistry crypto;
    private final Lookups<Said> lookups;
    private final StatusCache cache = new StatusCache();

    /**
     * @param response that says it, as it came
     * @param delegate who says it, if it is to be found out whether it has been revoked
     */
    record Said(CertificateStatus status, Octets response, Optional<Certificate> delegate) {
        private static Said of(
                Octets encoded,
                OcspResponse response,
                CertificateStatus status,
                Certificate issuer,
                List<Certificate> responders) {
            return new Said(status, encoded, response.delegate(issuer, responders));
        }
    }

    OcspServers(Environment environment, CryptoRegistry crypto) {
        this.environment = environment;
        this.crypto = crypto;
        this.lookups = new Lookups<>(environment);
    }

    /** What has been said already. */
    Optional<CertificateStatus> atHand(Certificate subject, Certificate issuer) {
        return cache.find(subject, issuer, environment.now());
    }

    /**
     * What a response says that came with other things (RFC 4806); empty where it is about another certificate.
     *
     * @throws UnusableStatusException when it cannot be relied on
     */
    Optional<Said> take(Octets encoded, Certificate subject, Certificate issuer, List<Certificate> responders)
            throws UnusableStatusException {
        OcspResponse response = OcspResponse.decode(encoded);
        if (!response.isAbout(subject, issuer)) {
            return Optional.empty();
        }
        CertificateStatus status =
                response.status(subject, issuer, responders, Optional.empty(), environment.now(), crypto);
        return Optional.of(Said.of(encoded, response, status, issuer, responders));
    }

    /** What has turned out to be reliable, for the next time. */
    void keep(Certificate subject, Certificate issuer, Said said) {
        cache.put(subject, issuer, said.status());
    }

    /**
     * @param responders that are trusted by the configuration
     * @param result may be told at once
     */
    void ask(
            String uri,
            Certificate subject,
            Certificate issuer,
            List<Certificate> responders,
            Consumer<Answer<Said>> result) {
        byte[] nonce = new byte[OcspRequest.NONCE_LENGTH];
        environment.random().nextBytes(nonce);
        OcspRequest request = OcspRequest.of(subject, issuer, Octets.wrap(nonce));
        Instant now = environment.now();
        lookups.look(
                new Lookups.Target(uri, issuer.publicKeyHash() + "/" + subject.serialNumber()),
                new Fetch(uri, Optional.of(request.encoded()), OcspResponse.MAX_LENGTH),
                fetched -> read(fetched, subject, issuer, responders, request.nonce(), now),
                result);
    }

    private Answer<Said> read(
            Fetched fetched,
            Certificate subject,
            Certificate issuer,
            List<Certificate> responders,
            Octets nonce,
            Instant now) {
        return switch (fetched) {
            case Fetched.Failed failed -> new Answer.Failed<>(failed.why(), true);
            case Fetched.Content content -> {
                try {
                    OcspResponse response = OcspResponse.decode(content.octets());
                    CertificateStatus status =
                            response.status(subject, issuer, responders, Optional.of(nonce), now, crypto);
                    yield new Answer.Known<>(Said.of(content.octets(), response, status, issuer, responders));
                } catch (UnusableStatusException e) {
                    yield new Answer.Failed<>(String.valueOf(e.getMessage()), false);
                }
            }
        };
    }

    /** Forgets what it has got. */
    void flush() {
        cache.clear();
    }
}
