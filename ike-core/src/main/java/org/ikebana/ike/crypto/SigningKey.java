package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/** A private key, wherever it is kept. */
public interface SigningKey {
    VerifyingKey publicKey();

    /**
     * @param algorithm for keys of this type
     * @throws UnusableKeyException where the key refuses, as a token without its PIN does
     */
    byte[] sign(SignatureAlgorithm algorithm, byte[] message, SecureRandom random) throws UnusableKeyException;
}
