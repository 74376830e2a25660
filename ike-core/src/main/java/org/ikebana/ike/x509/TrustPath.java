package org.ikebana.ike.x509;

import java.util.List;

/**
 * A valid path.
 *
 * @param certificates the end entity first, its issuer next, without the anchor; the anchor alone if that is the end
 *     entity
 */
public record TrustPath(List<Certificate> certificates, Certificate anchor) {
    public TrustPath {
        certificates = List.copyOf(certificates);
    }

    /** Whether it leads through one of these. */
    public boolean contains(List<Certificate> some) {
        return some.contains(anchor) || certificates.stream().anyMatch(some::contains);
    }
}
