package org.ikebana.config.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;

/**
 * CK_MECHANISM: how a token signs by a scheme. The digest is made here, as not every token makes every one.
 *
 * @param parameters CK_RSA_PKCS_PSS_PARAMS, three numbers; empty for none
 */
record Mechanism(long type, long[] parameters) {
    private static final long RSA_PKCS = 0x1;
    private static final long RSA_PKCS_PSS = 0xd;
    private static final long ECDSA = 0x1041;
    private static final long EDDSA = 0x1057;
    private static final long SIZE = 24;

    /** OID, CKM_… and CKG_MGF1_… */
    private record Digest(ASN1ObjectIdentifier oid, long mechanism, long maskGeneration) {}

    private static final Map<HashAlgorithm, Digest> DIGESTS = Map.of(
            HashAlgorithm.SHA2_256, new Digest(NISTObjectIdentifiers.id_sha256, 0x250, 2),
            HashAlgorithm.SHA2_384, new Digest(NISTObjectIdentifiers.id_sha384, 0x260, 3),
            HashAlgorithm.SHA2_512, new Digest(NISTObjectIdentifiers.id_sha512, 0x270, 4));

    /** Empty for what no token signs by. */
    static Optional<Mechanism> of(SignatureScheme scheme) {
        Digest digest = DIGESTS.get(scheme.hash());
        return switch (scheme.keyType()) {
            case RSA -> digest == null ? Optional.empty() : Optional.of(rsa(scheme, digest));
            case ECDSA -> Optional.of(new Mechanism(ECDSA, new long[0]));
            case ED25519, ED448 -> Optional.of(new Mechanism(EDDSA, new long[0]));
            default -> Optional.empty();
        };
    }

    private static Mechanism rsa(SignatureScheme scheme, Digest digest) {
        return scheme.isPss()
                ? new Mechanism(RSA_PKCS_PSS, new long[] {
                    digest.mechanism, digest.maskGeneration, scheme.hash().length()
                })
                : new Mechanism(RSA_PKCS, new long[0]);
    }

    /** What the token is given for a message. */
    static byte[] data(SignatureScheme scheme, byte[] message) {
        Digest digest = DIGESTS.get(scheme.hash());
        if (digest == null) {
            return message;
        }
        try {
            byte[] value =
                    MessageDigest.getInstance(scheme.hash().platformName()).digest(message);
            boolean isPadded = of(scheme).orElseThrow().type == RSA_PKCS;
            return isPadded
                    ? new DigestInfo(new AlgorithmIdentifier(digest.oid, DERNull.INSTANCE), value)
                            .getEncoded(ASN1Encoding.DER)
                    : value;
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("the Java platform makes no digest for " + scheme, e);
        }
    }

    MemorySegment layOut(Arena arena) {
        MemorySegment mechanism = arena.allocate(SIZE, ADDRESS.byteAlignment());
        mechanism.set(JAVA_LONG, 0, type);
        if (parameters.length > 0) {
            mechanism.set(ADDRESS, Attribute.VALUE_OFFSET, arena.allocateFrom(JAVA_LONG, parameters));
            mechanism.set(JAVA_LONG, Attribute.LENGTH_OFFSET, (long) parameters.length * Long.BYTES);
        }
        return mechanism;
    }
}
