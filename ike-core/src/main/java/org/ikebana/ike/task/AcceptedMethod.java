package org.ikebana.ike.task;

import java.util.Optional;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.Octets;

/**
 * A way to authenticate that a peer accepts (RFC 9593).
 *
 * @param method {@link AuthMethod}
 * @param scheme of {@link AuthMethod#DIGITAL_SIGNATURE}; empty for any
 * @param authority SHA-1 of the public key of the CA that the certificate must be of; empty for any
 */
public record AcceptedMethod(int method, Optional<SignatureScheme> scheme, Optional<Octets> authority) {
    boolean covers(SignatureChoice way) {
        return method == way.method()
                && (scheme.isEmpty() || scheme.get() == way.scheme())
                && (authority.isEmpty() || way.own().mayBeUnder(authority.get()));
    }

    /** For people; without the authority. */
    @Override
    public String toString() {
        return scheme.map(SignatureScheme::toString).orElse(AuthMethod.name(method));
    }
}
