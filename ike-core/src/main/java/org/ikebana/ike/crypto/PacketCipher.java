package org.ikebana.ike.crypto;

import org.jspecify.annotations.Nullable;

/**
 * A cipher under one key that takes an explicit initialization vector from each packet: the octets right before the
 * text, as in ESP and IKE. Of one thread. Closing wipes the key.
 */
interface PacketCipher extends AutoCloseable {
    /**
     * Encrypts {@code packet[from, to)} in place; where the cipher authenticates too, writes the check value from
     * {@code to} on.
     *
     * @param associated how many of the packet's first octets an AEAD authenticates with the text (RFC 5282 5.1)
     */
    void encrypt(byte[] packet, int associated, int from, int to);

    /**
     * The plaintext of {@code packet[from, to)}, which stays as it is, or null when the check value behind it is
     * wrong. The range is a whole number of the cipher's blocks.
     */
    byte @Nullable [] decrypt(byte[] packet, int associated, int from, int to);

    @Override
    void close();
}
