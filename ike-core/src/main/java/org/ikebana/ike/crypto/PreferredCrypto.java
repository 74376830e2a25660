package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The standard algorithms, and once there is a provider its own in their place. Each of these is tested beside the standard one
 * when it is first asked for; one that fails is logged as an error, and the standard one stays.
 */
public final class PreferredCrypto implements CryptoRegistry {
    private final CryptoRegistry standard = CryptoRegistry.standard();
    private final Set<Integer> askedExchanges = ConcurrentHashMap.newKeySet();
    private final Set<SignatureScheme> askedSignatures = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Preferred preferred;

    /** Takes algorithms from there, for whatever begins after that. Those that have been asked for are tested first, on this thread. */
    public void prefer(ProvidedAlgorithms provided) {
        Preferred next = new Preferred(standard, provided);
        askedExchanges.forEach(next::keyExchange);
        askedSignatures.forEach(next::signature);
        preferred = next;
    }

    @Override
    public Optional<Prf> prf(int id) {
        return standard.prf(id);
    }

    @Override
    public Optional<KeyExchange> keyExchange(int id) {
        Preferred now = preferred;
        if (now != null) {
            return now.keyExchange(id);
        }
        askedExchanges.add(id);
        return standard.keyExchange(id);
    }

    @Override
    public Optional<Integrity> integrity(int id) {
        return standard.integrity(id);
    }

    @Override
    public Optional<Encryption> encryption(int id, int keyBits) {
        return standard.encryption(id, keyBits);
    }

    @Override
    public Optional<SignatureAlgorithm> signature(SignatureScheme scheme) {
        Preferred now = preferred;
        if (now != null) {
            return now.signature(scheme);
        }
        askedSignatures.add(scheme);
        return standard.signature(scheme);
    }

    @Override
    public SkCipher skCipher(
            Encryption encryption, @Nullable Integrity integrity, Secret encryptionKey, Secret integrityKey) {
        return standard.skCipher(encryption, integrity, encryptionKey, integrityKey);
    }

    /** One of the standard's that failed its own test stays missing: there is nothing to test another one beside. */
    private record Preferred(
            CryptoRegistry standard,
            Map<Integer, Optional<KeyExchange>> keyExchanges,
            Map<SignatureScheme, Optional<SignatureAlgorithm>> signatures,
            ProvidedAlgorithms provided) {
        Preferred(CryptoRegistry standard, ProvidedAlgorithms provided) {
            this(standard, new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), provided);
        }

        Optional<KeyExchange> keyExchange(int id) {
            return keyExchanges.computeIfAbsent(
                    id,
                    any -> standard.keyExchange(id)
                            .map(proven -> provided.keyExchange(id)
                                    .flatMap(candidate -> new Tested<KeyExchange>(
                                                    proven.name() + " of " + candidate.source(),
                                                    () -> candidate,
                                                    one -> KnownAnswer.agree(one, proven))
                                            .get())
                                    .orElse(proven)));
        }

        Optional<SignatureAlgorithm> signature(SignatureScheme scheme) {
            return signatures.computeIfAbsent(
                    scheme,
                    any -> standard.signature(scheme)
                            .map(proven -> provided.signature(scheme)
                                    .flatMap(candidate -> new Tested<SignatureAlgorithm>(
                                                    scheme.toString(),
                                                    () -> new PreferredSignature(candidate, proven),
                                                    KnownSignatures::areVerifiedBy)
                                            .get())
                                    .orElse(proven)));
        }
    }

    /** Keys that the provider cannot take, such as those on Brainpool's curves, stay with the standard algorithm. */
    private record PreferredSignature(ProvidedSignature provided, SignatureAlgorithm standard)
            implements SignatureAlgorithm {
        @Override
        public SignatureScheme scheme() {
            return standard.scheme();
        }

        @Override
        public boolean verify(VerifyingKey key, byte[] message, byte[] signature) {
            return by(key).verify(key, message, signature);
        }

        @Override
        public byte[] sign(SoftwareKey key, byte[] message, SecureRandom random) throws UnusableKeyException {
            return by(key.publicKey()).sign(key, message, random);
        }

        private SignatureAlgorithm by(VerifyingKey key) {
            return provided.takes(key) ? provided : standard;
        }
    }
}
