package org.ikebana.ike.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.util.BigIntegers;

/**
 * A group modulo a safe prime with generator 2 (RFC 7296 B, RFC 3526). The private value lives in a {@code BigInteger}
 * for the time of a computation, which Java cannot wipe; it is used for one exchange alone.
 */
final class ModpGroup implements DhGroup {
    private final BigInteger prime;
    private final BigInteger generator;
    private final int exponentBits;

    /** @param exponentBits at least twice the group's strength (RFC 3526 8, NIST SP 800-56A rev. 3 appendix D) */
    ModpGroup(DHParameters parameters, int exponentBits) {
        this.prime = parameters.getP();
        this.generator = parameters.getG();
        this.exponentBits = exponentBits;
    }

    @Override
    public int privateLength() {
        return exponentBits / Byte.SIZE;
    }

    @Override
    public int publicLength() {
        return prime.bitLength() / Byte.SIZE;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    /** Never short: the topmost bit is set. */
    @Override
    public byte[] privateValue(SecureRandom random) {
        byte[] exponent = new byte[privateLength()];
        random.nextBytes(exponent);
        exponent[0] |= (byte) 0x80;
        return exponent;
    }

    @Override
    public byte[] publicValue(byte[] privateValue) {
        return power(generator, privateValue);
    }

    /** For a safe prime the range is all there is to check (RFC 6989 2.1). */
    @Override
    public byte[] sharedSecret(byte[] privateValue, byte[] peerPublicValue) throws InvalidPublicValueException {
        BigInteger y = new BigInteger(1, peerPublicValue);
        if (y.compareTo(BigInteger.ONE) <= 0 || y.compareTo(prime.subtract(BigInteger.ONE)) >= 0) {
            throw new InvalidPublicValueException("The peer's public value is not between 1 and p - 1 (RFC 6989 2.1)");
        }
        return power(y, privateValue);
    }

    /** As long as the modulus, padded with zeros on the left (RFC 7296 2.14, 3.4). */
    private byte[] power(BigInteger base, byte[] exponent) {
        return BigIntegers.asUnsignedByteArray(publicLength(), base.modPow(new BigInteger(1, exponent), prime));
    }
}
