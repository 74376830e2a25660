package org.ikebana.ike.crypto;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registry of what this package offers; see {@link CryptoRegistry#standard()}. */
final class StandardCrypto implements CryptoRegistry {
    private final Map<Integer, Tested<Prf>> prfs = StandardMacs.prfs();
    private final Map<Integer, Tested<Integrity>> integrities = StandardMacs.integrities();
    private final Map<StandardCiphers.Key, Tested<Encryption>> encryptions = StandardCiphers.encryptions();
    private final Map<Integer, Tested<KeyExchange>> keyExchanges = StandardKeyExchanges.keyExchanges();

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
