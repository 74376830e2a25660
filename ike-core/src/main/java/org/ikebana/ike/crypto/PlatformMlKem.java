package org.ikebana.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KEM;
import javax.security.auth.DestroyFailedException;

/** ML-KEM (FIPS 203) of the Java platform, since Java 24. */
record PlatformMlKem(MlKemSet set) implements Kem {
    private static final String ALGORITHM = "ML-KEM";

    @Override
    public int encapsulationKeyLength() {
        return set.encapsulationKeyLength();
    }

    @Override
    public int ciphertextLength() {
        return set.ciphertextLength();
    }

    @Override
    public DecapsulationKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new NamedParameterSpec(set.standardName()), random);
            return new PrivateHalf(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw notWorking(e);
        }
    }

    @Override
    public Encapsulation encapsulate(byte[] encapsulationKey, SecureRandom random) throws InvalidPublicValueException {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(set.toX509(encapsulationKey)));
            KEM.Encapsulated made =
                    KEM.getInstance(ALGORITHM).newEncapsulator(key, random).encapsulate();
            return new Encapsulation(made.encapsulation(), made.key().getEncoded());
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw new InvalidPublicValueException(
                    "The peer's encapsulation key of " + set.standardName() + " is not valid: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw notWorking(e);
        }
    }

    private IllegalStateException notWorking(GeneralSecurityException cause) {
        return new IllegalStateException(
                "the Java platform does not compute " + set.standardName() + ": is the runtime complete?", cause);
    }

    private final class PrivateHalf implements DecapsulationKey {
        private final KeyPair pair;

        PrivateHalf(KeyPair pair) {
            this.pair = pair;
        }

        @Override
        public byte[] encapsulationKey() {
            return set.fromX509(pair.getPublic().getEncoded());
        }

        @Override
        public byte[] decapsulate(byte[] ciphertext) {
            if (pair.getPrivate().isDestroyed()) {
                throw new IllegalStateException("This key pair has been closed and its private key wiped");
            }
            try {
                return KEM.getInstance(ALGORITHM)
                        .newDecapsulator(pair.getPrivate())
                        .decapsulate(ciphertext)
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw notWorking(e);
            }
        }

        @Override
        public void close() {
            try {
                pair.getPrivate().destroy();
            } catch (DestroyFailedException e) {
                throw new IllegalStateException("the platform's ML-KEM keys cannot be wiped", e);
            }
        }
    }
}
