package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import java.util.function.Supplier;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.ParametersWithRandom;

/**
 * EdDSA (RFC 8032) and ML-DSA (FIPS 204) of Bouncy Castle, which take a message without a digest of it.
 */
record BcMessageSignature(SignatureScheme scheme, Supplier<Signer> signers) implements SignatureAlgorithm {
    @Override
    public boolean verify(VerifyingKey key, byte[] message, byte[] signature) {
        if (key.type() != scheme.keyType()) {
            return false;
        }
        Signer signer = signers.get();
        signer.init(false, key.parameters());
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    @Override
    public byte[] sign(SoftwareKey key, byte[] message, SecureRandom random) throws UnusableKeyException {
        Signer signer = signers.get();
        // EdDSA draws nothing; ML-DSA should, against faults and side channels (FIPS 204 3.4).
        signer.init(true, isHedged() ? new ParametersWithRandom(key.parameters(), random) : key.parameters());
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new UnusableKeyException("a key of " + key.publicKey() + " cannot sign by " + scheme, e);
        }
    }

    private boolean isHedged() {
        return scheme.keyType() != KeyType.ED25519 && scheme.keyType() != KeyType.ED448;
    }
}
