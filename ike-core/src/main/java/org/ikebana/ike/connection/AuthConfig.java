package org.ikebana.ike.connection;

import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;

/**
 * One side's {@code local} or {@code remote} section.
 *
 * @param id {@link Identity#ANY} where none is given: locally the address is sent then, remotely any is accepted
 * @param publicKey of effect with {@link Method#PUBKEY} alone
 */
public record AuthConfig(Method method, Identity id, PublicKeyAuth publicKey) {
    /** What {@code auth = } says. */
    public enum Method {
        PSK,
        /** With the private key of a certificate, or a raw one. */
        PUBKEY
    }

    public AuthConfig(Method method, Identity id) {
        this(method, id, PublicKeyAuth.ANY);
    }
}
