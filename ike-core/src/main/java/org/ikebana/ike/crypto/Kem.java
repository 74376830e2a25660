package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/** A key encapsulation mechanism on octets as IKE carries them; stateless. */
interface Kem {
    /** Octets of an encapsulation key, the public value of whoever speaks first. */
    int encapsulationKeyLength();

    /** Octets of a ciphertext, the public value of whoever answers. */
    int ciphertextLength();

    DecapsulationKey generate(SecureRandom random);

    /**
     * A fresh shared secret for the holder of the decapsulation key.
     *
     * @param encapsulationKey {@link #encapsulationKeyLength()} octets, otherwise unchecked
     * @throws InvalidPublicValueException when it fails the checks of FIPS 203 7.2
     */
    Encapsulation encapsulate(byte[] encapsulationKey, SecureRandom random) throws InvalidPublicValueException;

    /** The private half; closing wipes it. */
    interface DecapsulationKey extends AutoCloseable {
        byte[] encapsulationKey();

        /**
         * The shared secret. A ciphertext that was tampered with gives another secret and no error (FIPS 203 6.3).
         *
         * @param ciphertext {@link #ciphertextLength()} octets, otherwise unchecked
         */
        byte[] decapsulate(byte[] ciphertext);

        @Override
        void close();
    }

    /** What is sent, and what both then share. */
    record Encapsulation(byte[] ciphertext, byte[] shared) {}
}
