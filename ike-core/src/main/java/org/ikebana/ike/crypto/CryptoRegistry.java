package org.ikebana.ike.crypto;

import java.util.Optional;

/**
 * All algorithms, found by their IANA transform; immutable, each known-answer tested when it was registered. It may
 * be shared by all event loops.
 */
public interface CryptoRegistry {
    Optional<Prf> prf(int id);

    Optional<KeyExchange> keyExchange(int id);

    Optional<Integrity> integrity(int id);

    /** @param keyBits the Key Length attribute, 0 where the transform has none (RFC 7296 3.3.5) */
    Optional<Encryption> encryption(int id, int keyBits);

    /**
     * The cipher of one direction.
     *
     * @param integrity null with an AEAD
     * @param encryptionKey {@link Encryption#keyLength()} octets; copied
     * @param integrityKey {@link Integrity#keyLength()} octets, empty with an AEAD; copied
     */
    SkCipher skCipher(
            Encryption encryption,
            @org.jspecify.annotations.Nullable Integrity integrity,
            Secret encryptionKey,
            Secret integrityKey);
}
