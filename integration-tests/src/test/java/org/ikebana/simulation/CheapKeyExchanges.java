package org.ikebana.simulation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.wire.KeId;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms of another registry, but for key exchanges, of which only the form is kept: public values of the right
 * lengths, a shared secret that both sides come to and that depends on both. Whoever listens knows it as well; a simulation
 * is after the exchanges' order, and would spend half its time on curves.
 */
record CheapKeyExchanges(CryptoRegistry real) implements CryptoRegistry {
    @Override
    public Optional<Prf> prf(int id) {
        return real.prf(id);
    }

    @Override
    public Optional<KeyExchange> keyExchange(int id) {
        return real.keyExchange(id)
                .map(method -> new Cheap(id, method.name(), method.publicLength(), method.takesLong()));
    }

    @Override
    public Optional<Integrity> integrity(int id) {
        return real.integrity(id);
    }

    @Override
    public Optional<Encryption> encryption(int id, int keyBits) {
        return real.encryption(id, keyBits);
    }

    @Override
    public Optional<SignatureAlgorithm> signature(SignatureScheme scheme) {
        return real.signature(scheme);
    }

    @Override
    public SkCipher skCipher(
            Encryption encryption, @Nullable Integrity integrity, Secret encryptionKey, Secret integrityKey) {
        return real.skCipher(encryption, integrity, encryptionKey, integrityKey);
    }

    private record Cheap(int id, String name, int publicLength, boolean takesLong) implements KeyExchange {
        @Override
        public Initiator initiate(SecureRandom random) {
            return new Half(drawn(publicLength, random));
        }

        @Override
        public Response respond(byte[] peerPublicValue, SecureRandom random) throws InvalidPublicValueException {
            requireLength(peerPublicValue, publicLength);
            byte[] own = drawn(responseLength(), random);
            return new Response(own, shared(peerPublicValue, own));
        }

        /** Octets of the ciphertext where the method is a KEM (FIPS 203, table 3). */
        private int responseLength() {
            return switch (id) {
                case KeId.ML_KEM_512 -> 768;
                case KeId.ML_KEM_768 -> 1088;
                case KeId.ML_KEM_1024 -> 1568;
                default -> publicLength;
            };
        }

        private Secret shared(byte[] ofInitiator, byte[] ofResponder) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((byte) id);
                digest.update(ofInitiator);
                return Secret.wrap(digest.digest(ofResponder));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        private void requireLength(byte[] value, int length) throws InvalidPublicValueException {
            if (value.length != length) {
                throw new InvalidPublicValueException(
                        "a value of " + name + " has " + length + " octets, the peer's has " + value.length);
            }
            byte[] nothing = new byte[length];
            if (Arrays.equals(value, nothing)) {
                throw new InvalidPublicValueException("the peer's value is zero");
            }
        }

        /** Never zero, which {@link #requireLength} refuses. */
        private static byte[] drawn(int length, SecureRandom random) {
            byte[] value = new byte[length];
            random.nextBytes(value);
            value[0] |= 1;
            return value;
        }

        private final class Half implements Initiator {
            private final byte[] own;

            private Half(byte[] own) {
                this.own = own;
            }

            @Override
            public byte[] publicValue() {
                return own.clone();
            }

            @Override
            public Secret complete(byte[] peerPublicValue) throws InvalidPublicValueException {
                requireLength(peerPublicValue, responseLength());
                return shared(own, peerPublicValue);
            }

            @Override
            public void close() {
                // nothing of it is secret
            }
        }
    }
}
