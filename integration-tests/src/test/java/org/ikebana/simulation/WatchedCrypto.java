package org.ikebana.simulation;

import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** The algorithms of another registry; a ledger is told under which keys and IVs messages are sealed. */
record WatchedCrypto(CryptoRegistry real, KeyLedger ledger) implements CryptoRegistry {
    @Override
    public Optional<Prf> prf(int id) {
        return real.prf(id);
    }

    @Override
    public Optional<KeyExchange> keyExchange(int id) {
        return real.keyExchange(id);
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
        Octets key = Octets.wrap(encryptionKey.bytes().clone());
        return new Watched(real.skCipher(encryption, integrity, encryptionKey, integrityKey), key, ledger);
    }

    private record Watched(SkCipher cipher, Octets key, KeyLedger ledger) implements SkCipher {
        @Override
        public int bodyLength(int plainLength) {
            return cipher.bodyLength(plainLength);
        }

        @Override
        public void seal(byte[] message, int bodyOffset, byte[] plain, SecureRandom random) {
            cipher.seal(message, bodyOffset, plain, random);
            ledger.sealed(cipher, key, message, bodyOffset);
        }

        @Override
        public byte @Nullable [] open(byte[] message, int bodyOffset) {
            return cipher.open(message, bodyOffset);
        }

        @Override
        public void close() {
            cipher.close();
        }
    }
}
