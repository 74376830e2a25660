package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/** Signs and verifies by one scheme. */
public interface SignatureAlgorithm {
    SignatureScheme scheme();

    /** False for a signature that is wrong or malformed, and for a key of another type. */
    boolean verify(VerifyingKey key, byte[] message, byte[] signature);

    /**
     * To be called through {@link SigningKey#sign}, as not every key is in memory.
     *
     * @throws IllegalArgumentException for a key of another type
     * @throws UnusableKeyException for a key that is too short for the digest
     */
    byte[] sign(SoftwareKey key, byte[] message, SecureRandom random) throws UnusableKeyException;
}
