package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X448;

/**
 * X25519 and X448 (RFC 8031, RFC 7748). They mask and reduce what they are given, so every value of the right length
 * is accepted but for the few that lead to a shared secret of zero.
 */
enum MontgomeryGroup implements DhGroup {
    CURVE25519(X25519.SCALAR_SIZE, X25519::generatePrivateKey, X25519::generatePublicKey, X25519::calculateAgreement),
    CURVE448(X448.SCALAR_SIZE, X448::generatePrivateKey, X448::generatePublicKey, X448::calculateAgreement);

    /** Of private and of public values and of the shared secret. */
    private final int length;

    private final PrivateKeyGenerator privateKey;
    private final PublicKeyGenerator publicKey;
    private final Agreement agreement;

    MontgomeryGroup(int length, PrivateKeyGenerator privateKey, PublicKeyGenerator publicKey, Agreement agreement) {
        this.length = length;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.agreement = agreement;
    }

    @Override
    public int privateLength() {
        return length;
    }

    @Override
    public int publicLength() {
        return length;
    }

    @Override
    public byte[] privateValue(SecureRandom random) {
        byte[] value = new byte[length];
        privateKey.generate(random, value);
        return value;
    }

    @Override
    public byte[] publicValue(byte[] privateValue) {
        byte[] value = new byte[length];
        publicKey.generate(privateValue, 0, value, 0);
        return value;
    }

    @Override
    public byte[] sharedSecret(byte[] privateValue, byte[] peerPublicValue) throws InvalidPublicValueException {
        byte[] shared = new byte[length];
        if (!agreement.calculate(privateValue, 0, peerPublicValue, 0, shared, 0)) {
            throw new InvalidPublicValueException("The peer's point has a small order (RFC 7748 6)");
        }
        return shared;
    }

    private interface PrivateKeyGenerator {
        void generate(SecureRandom random, byte[] key);
    }

    private interface PublicKeyGenerator {
        void generate(byte[] key, int keyOffset, byte[] point, int pointOffset);
    }

    private interface Agreement {
        /** False when the result is zero. */
        boolean calculate(byte[] key, int keyOffset, byte[] point, int pointOffset, byte[] result, int resultOffset);
    }
}
