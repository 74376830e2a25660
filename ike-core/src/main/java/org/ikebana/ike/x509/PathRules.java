package org.ikebana.ike.x509;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.ikebana.ike.crypto.SignatureScheme;

/**
 * What a path must fulfil besides RFC 5280.
 *
 * @param policies object identifiers, of which the path must have one; empty if any path will do
 * @param accepts how certificates may be signed
 */
public record PathRules(Instant now, Set<String> policies, Predicate<SignatureScheme> accepts) {
    public PathRules {
        policies = Set.copyOf(policies);
    }
}
