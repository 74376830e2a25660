package org.ikebana.ike.crypto;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * What the AlgorithmIdentifier of a key says of it.
 *
 * @param bits 0 for RSA, where the key itself tells
 * @param curve of ECDSA alone
 */
record KeyKind(KeyType type, int bits, @Nullable EcdsaCurve curve) {
    private static final Map<Object, KeyKind> FIXED = Map.of(
            PKCSObjectIdentifiers.rsaEncryption,
            of(KeyType.RSA, 0),
            new ASN1ObjectIdentifier("1.3.101.112"),
            of(KeyType.ED25519, 256),
            new ASN1ObjectIdentifier("1.3.101.113"),
            of(KeyType.ED448, 456),
            NISTObjectIdentifiers.id_ml_dsa_44,
            of(KeyType.ML_DSA_44, 1312 * Byte.SIZE),
            NISTObjectIdentifiers.id_ml_dsa_65,
            of(KeyType.ML_DSA_65, 1952 * Byte.SIZE),
            NISTObjectIdentifiers.id_ml_dsa_87,
            of(KeyType.ML_DSA_87, 2592 * Byte.SIZE));

    static KeyKind of(AlgorithmIdentifier algorithm) throws UnusableKeyException {
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            EcdsaCurve curve = EcdsaCurve.of(algorithm.getParameters())
                    .orElseThrow(() -> new UnusableKeyException("an ECDSA key on a curve other than P-256, P-384, P-521"
                            + " and brainpoolP256r1, P384r1, P512r1"));
            return new KeyKind(KeyType.ECDSA, curve.bits(), curve);
        }
        KeyKind kind = FIXED.get(algorithm.getAlgorithm());
        if (kind == null) {
            throw new UnusableKeyException("a key of a kind that is not supported, "
                    + algorithm.getAlgorithm().getId() + "; use RSA, ECDSA, Ed25519, Ed448 or ML-DSA");
        }
        return kind;
    }

    private static KeyKind of(KeyType type, int bits) {
        return new KeyKind(type, bits, null);
    }
}
