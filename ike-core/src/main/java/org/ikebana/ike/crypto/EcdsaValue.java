package org.ikebana.ike.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;

/**
 * An ECDSA signature, which X.509 and RFC 7427 write as {@code SEQUENCE { r, s }}, and the methods of RFC 4754 as
 * {@code r | s}, both as long as the group's order.
 */
public record EcdsaValue(BigInteger r, BigInteger s) {
    /** Two integers of 521 bits, their headers, and the sequence's, are 139 octets. */
    private static final int MAX_LENGTH = 139;

    /** Empty for anything else than two integers in DER. */
    public static Optional<EcdsaValue> ofDer(byte[] encoded) {
        if (encoded.length > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            if (!(ASN1Primitive.fromByteArray(encoded) instanceof ASN1Sequence sequence) || sequence.size() != 2) {
                return Optional.empty();
            }
            if (!(sequence.getObjectAt(0) instanceof ASN1Integer r)
                    || !(sequence.getObjectAt(1) instanceof ASN1Integer s)) {
                return Optional.empty();
            }
            var value = new EcdsaValue(r.getValue(), s.getValue());
            // Only one encoding is right: others would make two signatures of one.
            return Arrays.equals(value.toDer(), encoded) ? Optional.of(value) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // Bouncy Castle refuses malformed ASN.1 with exceptions of many kinds
        }
    }

    /** Empty where the length is not twice that of the curve (RFC 4754 7). */
    public static Optional<EcdsaValue> ofRaw(EcdsaCurve curve, byte[] raw) {
        int half = curve.octets();
        return raw.length == 2 * half
                ? Optional.of(new EcdsaValue(new BigInteger(1, raw, 0, half), new BigInteger(1, raw, half, half)))
                : Optional.empty();
    }

    public byte[] toDer() {
        try {
            return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("two integers are always encoded", e);
        }
    }

    public byte[] toRaw(EcdsaCurve curve) {
        byte[] raw = new byte[2 * curve.octets()];
        BigIntegers.asUnsignedByteArray(r, raw, 0, curve.octets());
        BigIntegers.asUnsignedByteArray(s, raw, curve.octets(), curve.octets());
        return raw;
    }
}
