package org.ikebana.ike.auth;

import java.util.Optional;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.TrustPath;

/**
 * A public key that a peer may prove itself with.
 *
 * @param path to its certificate; empty where the configuration trusts the key or the certificate as it is
 */
public record TrustedKey(VerifyingKey key, Optional<TrustPath> path) {
    static TrustedKey raw(VerifyingKey key) {
        return new TrustedKey(key, Optional.empty());
    }
}
