package org.ikebana.ike.x509;

import java.time.Instant;
import java.util.Optional;

/**
 * What a certificate's issuer says of it, its signature verified.
 *
 * @param revocation empty for a good certificate
 * @param until when there is newer information
 */
public record CertificateStatus(Optional<Revocation> revocation, Instant until) {
    public boolean isCurrent(Instant now) {
        return !now.isAfter(until);
    }
}
