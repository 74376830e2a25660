package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** ML-KEM (FIPS 203) of Bouncy Castle, for runtimes without the platform's. */
record BcMlKem(MlKemSet set) implements Kem {
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
        MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
        generator.init(new MLKEMKeyGenerationParameters(random, parameters()));
        return new PrivateHalf(generator.generateKeyPair());
    }

    @Override
    public Encapsulation encapsulate(byte[] encapsulationKey, SecureRandom random) throws InvalidPublicValueException {
        MLKEMPublicKeyParameters key;
        try {
            key = new MLKEMPublicKeyParameters(parameters(), encapsulationKey); // checks lengths and coefficients
        } catch (IllegalArgumentException e) {
            throw new InvalidPublicValueException(
                    "The peer's encapsulation key of " + set.standardName() + " is not valid: " + e.getMessage());
        }
        SecretWithEncapsulation made = new MLKEMGenerator(random).generateEncapsulated(key);
        return new Encapsulation(made.getEncapsulation(), made.getSecret());
    }

    private MLKEMParameters parameters() {
        return switch (set) {
            case ML_KEM_512 -> MLKEMParameters.ml_kem_512;
            case ML_KEM_768 -> MLKEMParameters.ml_kem_768;
            case ML_KEM_1024 -> MLKEMParameters.ml_kem_1024;
        };
    }

    private static final class PrivateHalf implements DecapsulationKey {
        private final MLKEMPublicKeyParameters publicKey;
        private final MLKEMPrivateKeyParameters privateKey;

        PrivateHalf(AsymmetricCipherKeyPair pair) {
            this.publicKey = (MLKEMPublicKeyParameters) pair.getPublic();
            this.privateKey = (MLKEMPrivateKeyParameters) pair.getPrivate();
        }

        @Override
        public byte[] encapsulationKey() {
            return publicKey.getEncoded();
        }

        @Override
        public byte[] decapsulate(byte[] ciphertext) {
            if (privateKey.isDestroyed()) {
                throw new IllegalStateException("This key pair has been closed and its private key wiped");
            }
            return new MLKEMExtractor(privateKey).extractSecret(ciphertext);
        }

        @Override
        public void close() {
            privateKey.destroy();
        }
    }
}
