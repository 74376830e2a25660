package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/** The arithmetic of a Diffie-Hellman group on octets as IKE carries them; stateless. */
interface DhGroup {
    /** Length in octets of a private value. */
    int privateLength();

    /** Length in octets of a public value. */
    int publicLength();

    /** As {@link KeyExchange#takesLong}. */
    default boolean takesLong() {
        return false;
    }

    byte[] privateValue(SecureRandom random);

    byte[] publicValue(byte[] privateValue);

    /**
     * The shared secret.
     *
     * @param peerPublicValue {@link #publicLength()} octets, otherwise unchecked
     * @throws InvalidPublicValueException when it fails the group's checks (RFC 6989 2, RFC 7748 6)
     */
    byte[] sharedSecret(byte[] privateValue, byte[] peerPublicValue) throws InvalidPublicValueException;
}
