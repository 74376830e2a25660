package org.ikebana.ike.crypto;

/**
 * What a proposal's encryption transform (type 1, with its key length) asks of keys and packets, for IKE and for ESP
 * alike. An AEAD has {@code icvLength() > 0} and goes without an integrity transform (RFC 5282).
 */
public interface Encryption {
    /** IANA transform ID, {@link org.ikebana.ike.wire.EncrId}. */
    int id();

    /** As in proposals, {@code aes256gcm16}. */
    String name();

    /** Length of the cipher's own key in octets, without salt. */
    int cipherKeyLength();

    /** Octets of salt or nonce that follow the key in KEYMAT: 4 for GCM, CTR and ChaCha20, 3 for CCM, else 0. */
    int saltLength();

    /** Octets taken from KEYMAT: key and salt. */
    default int keyLength() {
        return cipherKeyLength() + saltLength();
    }

    /** Octets of explicit initialization vector in each packet. */
    int ivLength();

    /** What the plaintext is padded to in octets; 1 where no padding is needed. */
    int blockLength();

    /** Octets of the AEAD's own check value; 0 where an integrity algorithm is needed beside it. */
    int icvLength();

    default boolean isAead() {
        return icvLength() > 0;
    }

    /** False for what only ESP may use, as it does not encrypt (RFC 7296 5, RFC 4543). */
    default boolean protectsIke() {
        return true;
    }
}
