package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.x509.Certificate;

/**
 * The private key that this side signs with, and what goes out beside it: the certificate first, then those that lead
 * to its CA, which itself does not go (RFC 7296 3.6).
 */
record OwnKey(SigningKey key, List<CertPayload> certificates) {
    static OwnKey choose(PublicKeyAuth local, Certificates known, Identity identity) throws ExchangeException {
        for (VerifyingKey publicKey : local.publicKeys()) {
            Optional<SigningKey> key = known.key(publicKey);
            if (key.isPresent()) {
                return new OwnKey(key.get(), List.of(new CertPayload(CertPayload.RAW_PUBLIC_KEY, publicKey.encoded())));
            }
        }
        List<Certificate> candidates = local.certificates().isEmpty() ? known.own(identity) : local.certificates();
        for (Certificate certificate : candidates) {
            Optional<SigningKey> key = known.key(certificate.publicKey());
            if (key.isPresent()) {
                return new OwnKey(key.get(), payloads(certificate, known));
            }
        }
        throw new ExchangeException(
                new Failure.AuthenticationFailed(lack(local, candidates, identity), Optional.empty()));
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
