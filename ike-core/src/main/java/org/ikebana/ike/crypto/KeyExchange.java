package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/**
 * A key exchange method (RFC 7296 1.2, 3.4): Diffie-Hellman, or a KEM in which the initiator's public value is an
 * encapsulation key and the responder's a ciphertext (RFC 9370).
 */
public interface KeyExchange {
    /** IANA transform ID, {@link org.ikebana.ike.wire.KeId}. */
    int id();

    /** As in proposals, {@code ecp384}. */
    String name();

    /** Where it comes from, as lists of algorithms name it: a {@link CryptoProvider}, or Ikebana as it is. */
    default String source() {
        return "ikebana";
    }

    /** Length in octets of the initiator's public value. */
    int publicLength();

    /** Whether {@link #respond} keeps a processor for so long, half a millisecond and more, that others would notice. */
    default boolean takesLong() {
        return false;
    }

    /** A fresh key pair of the side that speaks first. */
    Initiator initiate(SecureRandom random);

    /**
     * Answers a public value.
     *
     * @throws InvalidPublicValueException when it fails the checks of RFC 6989
     */
    Response respond(byte[] peerPublicValue, SecureRandom random) throws InvalidPublicValueException;

    /** The initiator's half; closing wipes its private key. */
    interface Initiator extends AutoCloseable {
        byte[] publicValue();

        /**
         * The shared secret, as g^ir in RFC 7296 2.14.
         *
         * @throws InvalidPublicValueException when the peer's value fails the checks of RFC 6989
         */
        Secret complete(byte[] peerPublicValue) throws InvalidPublicValueException;

        @Override
        void close();
    }

    /** What the responder sends and what both now share. */
    record Response(byte[] publicValue, Secret shared) {}
}
