package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import java.util.Optional;

/** A private key, wherever it is kept. */
public interface SigningKey {
    VerifyingKey publicKey();

    /**
     * The token that it is on, for people: such a key may take its time to sign, and nobody else is to wait for that. Empty for one
     * in memory.
     */
    default Optional<String> token() {
        return Optional.empty();
    }

    /**
     * @param algorithm for keys of this type
     * @throws UnusableKeyException where the key refuses, as a token without its PIN does
     */
    byte[] sign(SignatureAlgorithm algorithm, byte[] message, SecureRandom random) throws UnusableKeyException;
}
