package org.ikebana.ike.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A curve over a prime field, with cofactor 1 (RFC 5903, RFC 6954). A public value is {@code x | y}, the shared secret
 * {@code x} alone (RFC 5903 7). What is said of private values at {@link ModpGroup} holds here too.
 */
final class EcpGroup implements DhGroup {
    private final X9ECParameters curve;
    private final int coordinateLength;

    EcpGroup(X9ECParameters curve) {
        this.curve = curve;
        this.coordinateLength = Math.ceilDiv(curve.getCurve().getFieldSize(), Byte.SIZE);
    }

    @Override
    public int privateLength() {
        return Math.ceilDiv(curve.getN().bitLength(), Byte.SIZE);
    }

    @Override
    public int publicLength() {
        return 2 * coordinateLength;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    /** Between 1 and the group's order. */
    @Override
    public byte[] privateValue(SecureRandom random) {
        BigInteger last = curve.getN().subtract(BigInteger.ONE);
        return BigIntegers.asUnsignedByteArray(
                privateLength(), BigIntegers.createRandomInRange(BigInteger.ONE, last, random));
    }

    @Override
    public byte[] publicValue(byte[] privateValue) {
        ECPoint point = new FixedPointCombMultiplier()
                .multiply(curve.getG(), new BigInteger(1, privateValue))
                .normalize();
        byte[] value = new byte[publicLength()];
        System.arraycopy(point.getAffineXCoord().getEncoded(), 0, value, 0, coordinateLength);
        System.arraycopy(point.getAffineYCoord().getEncoded(), 0, value, coordinateLength, coordinateLength);
        return value;
    }

    @Override
    public byte[] sharedSecret(byte[] privateValue, byte[] peerPublicValue) throws InvalidPublicValueException {
        ECPoint shared =
                point(peerPublicValue).multiply(new BigInteger(1, privateValue)).normalize();
        return shared.getAffineXCoord().getEncoded();
    }

    /** With cofactor 1, a point on the curve is in the group and their product is not infinity (RFC 6989 2.3). */
    private ECPoint point(byte[] publicValue) throws InvalidPublicValueException {
        BigInteger x = new BigInteger(1, Arrays.copyOf(publicValue, coordinateLength));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(publicValue, coordinateLength, publicValue.length));
        BigInteger prime = curve.getCurve().getField().getCharacteristic();
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
            throw new InvalidPublicValueException("A coordinate of the peer's point is not below p (RFC 6989 2.3)");
        }
        ECPoint point = curve.getCurve().createPoint(x, y);
        if (!point.isValid()) {
            throw new InvalidPublicValueException("The peer's point is not on the curve (RFC 6989 2.3)");
        }
        return point;
    }
}
