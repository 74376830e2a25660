package org.ikebana.ike.crypto;

import java.util.Arrays;

/**
 * What a cipher takes for its initialization vector or nonce: the salt from KEYMAT, the packet's explicit IV and, for
 * AES-CTR, a block counter that starts with one (RFC 3686 4, RFC 5282 4, RFC 7634 2). The buffer is used again.
 */
final class Nonce {
    private static final int COUNTER_LENGTH = 4;

    private final byte[] octets;
    private final int ivOffset;
    private final int ivLength;

    private Nonce(byte[] octets, int ivOffset, int ivLength) {
        this.octets = octets;
        this.ivOffset = ivOffset;
        this.ivLength = ivLength;
    }

    /** {@code salt | IV}, the salt being empty in CBC mode. */
    static Nonce saltAndIv(byte[] salt, int ivLength) {
        return new Nonce(Arrays.copyOf(salt, salt.length + ivLength), salt.length, ivLength);
    }

    /** {@code salt | IV | 1} (RFC 3686 4). */
    static Nonce counterBlock(byte[] salt, int ivLength) {
        byte[] octets = Arrays.copyOf(salt, salt.length + ivLength + COUNTER_LENGTH);
        octets[octets.length - 1] = 1;
        return new Nonce(octets, salt.length, ivLength);
    }

    /** The nonce of the packet whose text begins at {@code textOffset}; valid until the next call. */
    byte[] of(byte[] packet, int textOffset) {
        System.arraycopy(packet, textOffset - ivLength, octets, ivOffset, ivLength);
        return octets;
    }

    void wipe() {
        Arrays.fill(octets, (byte) 0);
    }
}
