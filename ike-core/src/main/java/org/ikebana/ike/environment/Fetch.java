package org.ikebana.ike.environment;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * A document to be had from elsewhere.
 *
 * @param uri whatever a certificate names; only {@code http} and {@code ldap} are followed
 * @param question an OCSP request that is put there (RFC 6960 A.1), in DER; empty to get what stands there
 * @param limit in octets; a longer answer is a failure
 */
public record Fetch(String uri, Optional<Octets> question, int limit) {
    /** Within this there is a result. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);
}
