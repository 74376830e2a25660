package org.ikebana.ike.crypto;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry of what this package offers, each algorithm from the source that is the faster one: the platform for
 * what the machine has instructions for (AES, GCM, ChaCha20, the digests) and for modp, whose exponents Bouncy Castle
 * makes longer to blind them, which ours, used once, do not need; Bouncy Castle for the curves, and for what the
 * platform lacks. AES-CMAC and AES-XCBC are ours, on the platform's AES, which has no tables to leak a key through
 * the cache. Medians of the benchmarks in {@code org.ikebana.bench.crypto}:
 *
 * <pre>
 *                                                    platform    Bouncy Castle
 * curve25519, key pair and agreement                   296 us *      113 us
 * ecp256                                               742 us *      315 us
 * ecp384                                            9 000 us *    1 150 us
 * modp2048, 256 bits of exponent                     1 070 us      4 000 us *
 * 300 octets sealed, opened: aes256gcm16           0.46, 0.51 us   4.8, 5.7 us *
 *                            chacha20poly1305      0.97, 1.11 us   1.7, 2.5 us *
 *                            aes256-sha256         1.00, 0.66 us   6.2, 4.8 us *
 * prf of SHA-256, 64 octets, new key                  0.66 us       2.1 us *
 * prf+ of SHA-256 for seven keys of 32 octets          3.1 us       8.3 us *
 * prf of AES-CMAC, 64 octets, new key                  3.0 us       1.4 us *
 * </pre>
 *
 * ML-KEM is the platform's, twice as fast as Bouncy Castle's, where the runtime has it. Those marked are not taken. Temurin 25.0.3, Bouncy Castle 1.87, two shared cores of an AMD EPYC under load
 * ({@code -f 2 -wi 2 -w 2 -i 2 -r 2}); medians of the four iterations lie within a factor of 2, of ecp384 and AES-CMAC
 * within 4.
 * The figures of 4 000 and 9 000 us are the fastest samples, as the slower ones were interrupted by other programs.
 */
final class StandardCrypto implements CryptoRegistry {
    private final Map<Integer, Tested<Prf>> prfs = StandardMacs.prfs();
    private final Map<Integer, Tested<Integrity>> integrities = StandardMacs.integrities();
    private final Map<StandardCiphers.Key, Tested<Encryption>> encryptions = StandardCiphers.encryptions();
    private final Map<Integer, Tested<KeyExchange>> keyExchanges = StandardKeyExchanges.keyExchanges();
    private final Map<SignatureScheme, Tested<SignatureAlgorithm>> signatures = StandardSignatures.signatures();

    @Override
    public Optional<Prf> prf(int id) {
        return tested(prfs.get(id));
    }

    @Override
    public Optional<KeyExchange> keyExchange(int id) {
        return tested(keyExchanges.get(id));
    }

    @Override
    public Optional<Integrity> integrity(int id) {
        return tested(integrities.get(id));
    }

    @Override
    public Optional<Encryption> encryption(int id, int keyBits) {
        return tested(encryptions.get(new StandardCiphers.Key(id, keyBits)));
    }

    @Override
    public Optional<SignatureAlgorithm> signature(SignatureScheme scheme) {
        return tested(signatures.get(scheme));
    }

    @Override
    public SkCipher skCipher(
            Encryption encryption, @Nullable Integrity integrity, Secret encryptionKey, Secret integrityKey) {
        if (!(encryption instanceof IkeEncryption algorithm)) {
            throw new IllegalArgumentException(encryption.name() + " cannot protect IKE");
        }
        if (encryption.isAead()) {
            requireNone(integrity, algorithm);
            return cipher(algorithm, algorithm.cipher(encryptionKey), algorithm.icvLength());
        }
        if (!(integrity instanceof MacIntegrity mac)) {
            throw new IllegalArgumentException(encryption.name() + " needs an integrity algorithm of this registry");
        }
        IkeEncryption.requireLength(integrityKey, mac.keyLength(), mac.name());
        PacketCipher encryptThenMac = new EncryptThenMac(
                algorithm.cipher(encryptionKey),
                mac.algorithm().withKey(integrityKey.bytes()),
                mac.macLength(),
                mac.icvLength());
        return cipher(algorithm, encryptThenMac, mac.icvLength());
    }

    private static void requireNone(@Nullable Integrity integrity, IkeEncryption algorithm) {
        if (integrity != null) {
            throw new IllegalArgumentException(algorithm.name()
                    + " goes without an integrity algorithm (RFC 5282 8), not with " + integrity.name());
        }
    }

    private static SkCipher cipher(IkeEncryption algorithm, PacketCipher cipher, int icvLength) {
        // Only CBC has blocks to fill, and only CBC wants IVs that cannot be foreseen.
        IvSource ivSource = algorithm.blockLength() > 1 ? IvSource.random() : IvSource.counter();
        return new PacketSkCipher(cipher, ivSource, algorithm.ivLength(), algorithm.blockLength(), icvLength);
    }

    private static <T> Optional<T> tested(@Nullable Tested<T> algorithm) {
        return algorithm == null ? Optional.empty() : algorithm.get();
    }
}
