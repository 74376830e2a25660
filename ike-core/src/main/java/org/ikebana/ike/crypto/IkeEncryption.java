package org.ikebana.ike.crypto;

/**
 * An encryption algorithm that can protect IKE.
 *
 * @param engine makes its ciphers
 */
record IkeEncryption(
        int id,
        String name,
        int cipherKeyLength,
        int saltLength,
        int ivLength,
        int blockLength,
        int icvLength,
        Engine engine)
        implements Encryption {

    /** Makes a cipher of a key, which it takes over, and of a salt, empty in CBC mode, which it copies. */
    @FunctionalInterface
    interface Engine {
        PacketCipher cipher(Secret key, byte[] salt);
    }

    /** @param key {@link #keyLength()} octets; copied */
    PacketCipher cipher(Secret key) {
        requireLength(key, keyLength(), name);
        try (Secret salt = key.slice(cipherKeyLength, keyLength())) {
            return engine.cipher(key.slice(0, cipherKeyLength), salt.bytes());
        }
    }

    static void requireLength(Secret key, int length, String name) {
        if (key.length() != length) {
            throw new IllegalArgumentException(
                    name + " takes a key of " + length + " octets, this one has " + key.length());
        }
    }
}
