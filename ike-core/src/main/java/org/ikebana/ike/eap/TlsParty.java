package org.ikebana.ike.eap;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PeerKey;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.TrustedKey;
import org.ikebana.ike.auth.UntrustedPeerException;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.UnusableCertificateException;

/**
 * What one side of EAP-TLS goes by: its own key with the certificates that lead to it, and who the other one must be.
 *
 * @param chain own certificates in DER, that of the key first
 * @param peer the identity that the other's certificate must be for
 * @param wanted what its certificates must be like
 * @param known certificates at hand
 */
public record TlsParty(
        SigningKey key,
        List<Octets> chain,
        Identity peer,
        PublicKeyAuth wanted,
        Certificates known,
        CryptoRegistry crypto,
        SecureRandom random,
        Instant now) {
    public TlsParty {
        chain = List.copyOf(chain);
    }

    /** Verifies the certificates by the same rules as those of IKE_AUTH; what TLS has signed is for TLS to verify. */
    TrustedKey check(Certificate sent) throws TlsRefusal {
        if (sent == null || sent.isEmpty()) {
            throw refused(AlertDescription.certificate_required, "the peer sent no certificate by EAP-TLS");
        }
        try {
            List<org.ikebana.ike.x509.Certificate> certificates = decode(sent);
            VerifyingKey shown = certificates.getFirst().publicKey();
            Optional<TrustedKey> trusted = new PeerKey(wanted, known, now)
                    .of(peer, certificates).stream()
                            .filter(key -> key.key().equals(shown))
                            .findFirst();
            if (trusted.isEmpty()) {
                throw refused(
                        AlertDescription.certificate_unknown,
                        "the peer's certificate in EAP-TLS is not the one that the configuration gives for " + peer);
            }
            if (!wanted.signatures().accepts(shown)) {
                throw refused(
                        AlertDescription.unsupported_certificate,
                        "the peer has a key of " + shown + " in EAP-TLS, which auth does not accept");
            }
            return trusted.get();
        } catch (UntrustedPeerException e) {
            throw refused(
                    AlertDescription.bad_certificate,
                    "the peer " + peer + " is not trusted in EAP-TLS: " + e.getMessage());
        }
    }

    private static List<org.ikebana.ike.x509.Certificate> decode(Certificate sent) throws TlsRefusal {
        List<org.ikebana.ike.x509.Certificate> certificates = new ArrayList<>();
        for (TlsCertificate each : sent.getCertificateList()) {
            if (certificates.size() == PeerKey.MAX_CERTIFICATES) {
                break;
            }
            try {
                certificates.add(org.ikebana.ike.x509.Certificate.decode(Octets.wrap(each.getEncoded())));
            } catch (UnusableCertificateException | IOException e) {
                if (certificates.isEmpty()) {
                    throw refused(AlertDescription.bad_certificate, "the peer sent by EAP-TLS " + e.getMessage());
                }
            }
        }
        return certificates;
    }

    private static TlsRefusal refused(short alert, String sentence) {
        return new TlsRefusal(alert, sentence);
    }
}
