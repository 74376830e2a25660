package org.ikebana.ike.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * RSA keys of the platform. Sizes are bounded before anything is computed with a key: Bouncy Castle would begin by
 * testing a peer's modulus for being composite, which takes a second for the longest.
 */
final class RsaKeys {
    /** Less must not be used (RFC 8247 4.1). */
    private static final int MIN_BITS = 1024;

    private static final int MAX_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;

    private RsaKeys() {}

    static RSAPublicKey publicKey(SubjectPublicKeyInfo info) throws UnusableKeyException, java.io.IOException {
        var key = org.bouncycastle.asn1.pkcs.RSAPublicKey.getInstance(info.parsePublicKey());
        return publicKey(key.getModulus(), key.getPublicExponent());
    }

    static RSAPublicKey publicKey(BigInteger modulus, BigInteger exponent) throws UnusableKeyException {
        check(modulus, exponent);
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException("an RSA key that the Java platform refuses: " + e.getMessage(), e);
        }
    }

    static RSAPrivateCrtKey privateKey(RSAPrivateKey key) throws UnusableKeyException {
        check(key.getModulus(), key.getPublicExponent());
        try {
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                    .generatePrivate(new RSAPrivateCrtKeySpec(
                            key.getModulus(),
                            key.getPublicExponent(),
                            key.getPrivateExponent(),
                            key.getPrime1(),
                            key.getPrime2(),
                            key.getExponent1(),
                            key.getExponent2(),
                            key.getCoefficient()));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException("an RSA key that the Java platform refuses: " + e.getMessage(), e);
        }
    }

    private static void check(BigInteger modulus, BigInteger exponent) throws UnusableKeyException {
        int bits = modulus.bitLength();
        if (modulus.signum() <= 0 || bits < MIN_BITS || bits > MAX_BITS) {
            throw new UnusableKeyException(
                    "an RSA key of " + bits + " bits; it must have " + MIN_BITS + " to " + MAX_BITS);
        }
        if (exponent.signum() <= 0
                || !exponent.testBit(0)
                || exponent.bitLength() < 2
                || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new UnusableKeyException(
                    "an RSA key whose public exponent is even, 1 or longer than " + MAX_EXPONENT_BITS + " bits");
        }
    }
}
