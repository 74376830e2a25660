package org.ikebana.ike.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/**
 * A private key that this side may sign with, and what goes out beside it: the certificate first, then those that lead
 * to its CA, which itself does not go (RFC 7296 3.6).
 *
 * @param path its certificate and the CAs above it, as far as they are at hand; empty for a raw key
 * @param authorities SHA-1 of the public keys of the CAs above it, as far as they are at hand
 * @param isWholePath whether there are no others above it
 */
record OwnKey(
        SigningKey key,
        List<CertPayload> certificates,
        List<Certificate> path,
        List<Octets> authorities,
        boolean isWholePath) {
    /**
     * In the order of the configuration.
     *
     * @throws ExchangeException where there is none
     */
    static List<OwnKey> all(PublicKeyAuth local, Certificates known, Identity identity) throws ExchangeException {
        List<Certificate> candidates = local.certificates().isEmpty() ? known.own(identity) : local.certificates();
        List<OwnKey> keys = Stream.concat(
                        local.publicKeys().stream().flatMap(key -> raw(key, known).stream()),
                        candidates.stream().flatMap(certificate -> certified(certificate, known).stream()))
                .toList();
        if (keys.isEmpty()) {
            throw new ExchangeException(
                    new Failure.AuthenticationFailed(lack(local, candidates, identity), Optional.empty()));
        }
        return keys;
    }

    /** Whether its certificate is of that CA, as far as it is known. */
    boolean mayBeUnder(Octets authority) {
        return authorities.contains(authority) || !isWholePath;
    }

    /** Whether its certificate is of one of these CAs. */
    boolean isUnderAny(List<Octets> some) {
        return some.stream().anyMatch(authorities::contains);
    }

    /** For people. */
    String name() {
        return "our key of " + key.publicKey();
    }

    /** For people, when it was not accepted: which it is, and what is wrong with it as far as that shows here. */
    String description(Identity identity, Instant now) {
        if (path.isEmpty()) {
            return "our raw key of " + key.publicKey();
        }
        Certificate shown = path.getFirst();
        return "our certificate of " + shown + ", issued by " + shown.issuer()
                + fault(shown, identity, now).map(fault -> ", which " + fault).orElse("");
    }

    private static Optional<String> fault(Certificate shown, Identity identity, Instant now) {
        return shown.outOfDate(now)
                .or(() -> shown.unfitForIke().map(why -> "is not for IKE: " + why))
                .or(() -> CertificateIdentities.includes(shown, identity)
                        ? Optional.empty()
                        : Optional.of("is not for " + identity));
    }

    private static Optional<OwnKey> raw(VerifyingKey publicKey, Certificates known) {
        List<CertPayload> payload = List.of(new CertPayload(CertPayload.RAW_PUBLIC_KEY, publicKey.encoded()));
        return known.key(publicKey).map(key -> new OwnKey(key, payload, List.of(), List.of(), true));
    }

    private static Optional<OwnKey> certified(Certificate certificate, Certificates known) {
        List<Certificate> above = known.above(certificate);
        Certificate last = above.isEmpty() ? certificate : above.getLast();
        return known.key(certificate.publicKey())
                .map(key -> new OwnKey(
                        key,
                        payloads(certificate, known),
                        Stream.concat(Stream.of(certificate), above.stream()).toList(),
                        above.stream().map(Certificate::publicKeyHash).toList(),
                        last.isSelfIssued()));
    }

    private static List<CertPayload> payloads(Certificate certificate, Certificates known) {
        List<Certificate> chain = new ArrayList<>();
        chain.add(certificate);
        chain.addAll(known.intermediates(certificate));
        return chain.stream()
                .map(each -> new CertPayload(CertPayload.X509_SIGNATURE, each.encoded()))
                .toList();
    }

    private static String lack(PublicKeyAuth local, List<Certificate> candidates, Identity identity) {
        if (!local.publicKeys().isEmpty()) {
            return "the private key of local.pubkeys is not here; put it into the folder private";
        }
        return candidates.isEmpty()
                ? "there is no certificate with a private key for " + identity
                        + "; name one in local.certs, and put its key into the folder private"
                : "the private key of the certificate of " + candidates.getFirst()
                        + " is not here; put it into the folder private";
    }
}
