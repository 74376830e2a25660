package org.ikebana.ike.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** ECDSA of Bouncy Castle on any {@link EcdsaCurve}, over a digest of the platform. */
record BcEcdsa(SignatureScheme scheme) implements SignatureAlgorithm {
    @Override
    public boolean verify(VerifyingKey key, byte[] message, byte[] signature) {
        Optional<EcdsaValue> value = EcdsaValue.ofDer(signature);
        if (key.type() != KeyType.ECDSA || value.isEmpty()) {
            return false;
        }
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, key.parameters());
        return signer.verifySignature(
                digest(message), value.get().r(), value.get().s());
    }

    @Override
    public byte[] sign(SoftwareKey key, byte[] message, SecureRandom random) {
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, new ParametersWithRandom(key.parameters(), random));
        BigInteger[] value = signer.generateSignature(digest(message));
        return new EcdsaValue(value[0], value[1]).toDer();
    }

    private byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(scheme.hash().platformName()).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "the Java platform offers no " + scheme.hash().platformName(), e);
        }
    }
}
