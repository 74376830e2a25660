package org.ikebana.ike.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The curves of ECDSA keys, known by name only: parameters of a key's own are refused. */
public enum EcdsaCurve {
    P_256("P-256", "1.2.840.10045.3.1.7", 256),
    P_384("P-384", "1.3.132.0.34", 384),
    P_521("P-521", "1.3.132.0.35", 521),
    BRAINPOOL_P256R1("brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7", 256),
    BRAINPOOL_P384R1("brainpoolP384r1", "1.3.36.3.3.2.8.1.1.11", 384),
    BRAINPOOL_P512R1("brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13", 512);

    private final String words;
    private final String oid;
    private final int bits;

    EcdsaCurve(String words, String oid, int bits) {
        this.words = words;
        this.oid = oid;
        this.bits = bits;
    }

    static Optional<EcdsaCurve> of(ASN1Encodable parameters) {
        return parameters instanceof ASN1ObjectIdentifier name
                ? Arrays.stream(values())
                        .filter(curve -> curve.oid.equals(name.getId()))
                        .findFirst()
                : Optional.empty();
    }

    ASN1ObjectIdentifier objectIdentifier() {
        return new ASN1ObjectIdentifier(oid);
    }

    /** Of the field and of the group's order. */
    public int bits() {
        return bits;
    }

    /** Of a coordinate, and of either half of a signature (RFC 4754 7). */
    public int octets() {
        return Math.ceilDiv(bits, Byte.SIZE);
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
