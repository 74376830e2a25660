package org.ikebana.ike.crypto;

import static org.ikebana.ike.crypto.HashAlgorithm.IDENTITY;
import static org.ikebana.ike.crypto.HashAlgorithm.SHA1;
import static org.ikebana.ike.crypto.HashAlgorithm.SHA2_256;
import static org.ikebana.ike.crypto.HashAlgorithm.SHA2_384;
import static org.ikebana.ike.crypto.HashAlgorithm.SHA2_512;

import org.ikebana.ike.wire.Octets;

/**
 * Ways to sign: a kind of key, a digest, a padding. Each knows its AlgorithmIdentifier, which goes before a signature
 * (RFC 7427 3 and appendix A, RFC 8420 2, RFC 9881 2); that of RSASSA-PSS is in DER, without the trailer field, which
 * has its default, as libreswan and strongSwan send it.
 */
public enum SignatureScheme {
    /** To verify only, and only what authenticates by the old method 1. */
    RSA_SHA1(KeyType.RSA, SHA1, "rsa-sha1", "300d06092a864886f70d0101050500"),
    RSA_SHA2_256(KeyType.RSA, SHA2_256, "rsa-sha256", "300d06092a864886f70d01010b0500"),
    RSA_SHA2_384(KeyType.RSA, SHA2_384, "rsa-sha384", "300d06092a864886f70d01010c0500"),
    RSA_SHA2_512(KeyType.RSA, SHA2_512, "rsa-sha512", "300d06092a864886f70d01010d0500"),
    /** The salt is as long as the digest. */
    RSA_PSS_SHA2_256(
            KeyType.RSA,
            SHA2_256,
            "rsa/pss-sha256",
            "304106092a864886f70d01010a3034a00f300d06096086480165030402010500"
                    + "a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120"),
    RSA_PSS_SHA2_384(
            KeyType.RSA,
            SHA2_384,
            "rsa/pss-sha384",
            "304106092a864886f70d01010a3034a00f300d06096086480165030402020500"
                    + "a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130"),
    RSA_PSS_SHA2_512(
            KeyType.RSA,
            SHA2_512,
            "rsa/pss-sha512",
            "304106092a864886f70d01010a3034a00f300d06096086480165030402030500"
                    + "a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140"),
    /** The signature is {@code SEQUENCE { r, s }}, on whatever curve the key is. */
    ECDSA_SHA2_256(KeyType.ECDSA, SHA2_256, "ecdsa-sha256", "300a06082a8648ce3d040302"),
    ECDSA_SHA2_384(KeyType.ECDSA, SHA2_384, "ecdsa-sha384", "300a06082a8648ce3d040303"),
    ECDSA_SHA2_512(KeyType.ECDSA, SHA2_512, "ecdsa-sha512", "300a06082a8648ce3d040304"),
    ED25519(KeyType.ED25519, IDENTITY, "ed25519", "300506032b6570"),
    ED448(KeyType.ED448, IDENTITY, "ed448", "300506032b6571"),
    /** Pure ML-DSA with an empty context (draft-ietf-ipsecme-ikev2-pqc-auth). */
    ML_DSA_44(KeyType.ML_DSA_44, IDENTITY, "mldsa44", "300b0609608648016503040311"),
    ML_DSA_65(KeyType.ML_DSA_65, IDENTITY, "mldsa65", "300b0609608648016503040312"),
    ML_DSA_87(KeyType.ML_DSA_87, IDENTITY, "mldsa87", "300b0609608648016503040313");

    private final KeyType keyType;
    private final HashAlgorithm hash;
    private final String keyword;
    private final Octets algorithmIdentifier;

    SignatureScheme(KeyType keyType, HashAlgorithm hash, String keyword, String algorithmIdentifier) {
        this.keyType = keyType;
        this.hash = hash;
        this.keyword = keyword;
        this.algorithmIdentifier = Octets.ofHex(algorithmIdentifier);
    }

    public KeyType keyType() {
        return keyType;
    }

    public HashAlgorithm hash() {
        return hash;
    }

    public boolean isPss() {
        return this == RSA_PSS_SHA2_256 || this == RSA_PSS_SHA2_384 || this == RSA_PSS_SHA2_512;
    }

    /** In DER. */
    public Octets algorithmIdentifier() {
        return algorithmIdentifier;
    }

    /** As strongSwan writes constraints, {@code rsa/pss-sha256}. */
    @Override
    public String toString() {
        return keyword;
    }
}
