package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Protects the body of one direction's SK and SKF payloads (RFC 7296 3.14, RFC 5282 5, RFC 7383 2.5). It works in
 * place on a whole message; payload layout is known to {@code wire} alone. Closing wipes its keys.
 */
public interface SkCipher extends AutoCloseable {
    /** Octets of a body (IV, ciphertext, padding, pad length, ICV) that carries {@code plainLength} octets of payloads. */
    int bodyLength(int plainLength);

    /**
     * Seals {@code plain} into {@code message[bodyOffset, bodyOffset + bodyLength(plain.length))}. Everything before
     * {@code bodyOffset} (IKE header, earlier payloads, the SK header with its final lengths) is already in place and
     * becomes authenticated with it; the body ends the message.
     */
    void seal(byte[] message, int bodyOffset, byte[] plain, SecureRandom random);

    /**
     * Opens {@code message[bodyOffset, message.length)}.
     *
     * @return the payloads without padding, or null when the body is too short, the check value or the padding is wrong
     */
    byte @Nullable [] open(byte[] message, int bodyOffset);

    @Override
    void close();
}
