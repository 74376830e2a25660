package org.ikebana.ike.crypto;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All algorithms, found by their IANA transform; immutable, none handed out before it has given a known answer. It and
 * what it hands out may be shared by all event loops; an {@link SkCipher} and an {@link KeyExchange.Initiator} belong
 * to one.
 */
public interface CryptoRegistry {
    /**
     * The algorithms of Bouncy Castle and of the Java platform. Each is tested when it is first asked for, which takes
     * some milliseconds, and 70 for the largest groups: ask for what a configuration names when it is loaded. One that
     * fails is logged as an error and missing from then on.
     */
    static CryptoRegistry standard() {
        return new StandardCrypto();
    }

    Optional<Prf> prf(int id);

    Optional<KeyExchange> keyExchange(int id);

    Optional<Integrity> integrity(int id);

    /** @param keyBits the Key Length attribute, 0 where the transform has none (RFC 7296 3.3.5) */
    Optional<Encryption> encryption(int id, int keyBits);

    Optional<SignatureAlgorithm> signature(SignatureScheme scheme);

    /**
     * The cipher of one direction; make one for each key and close it with the SA.
     *
     * @param integrity null with an AEAD
     * @param encryptionKey {@link Encryption#keyLength()} octets; copied
     * @param integrityKey {@link Integrity#keyLength()} octets, empty with an AEAD; copied
     * @throws IllegalArgumentException when encryption and integrity do not belong together, cannot protect IKE, are
     *     not of this registry, or a key's length is wrong
     */
    SkCipher skCipher(Encryption encryption, @Nullable Integrity integrity, Secret encryptionKey, Secret integrityKey);
}
