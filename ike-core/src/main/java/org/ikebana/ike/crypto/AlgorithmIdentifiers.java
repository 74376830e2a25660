package org.ikebana.ike.crypto;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.ikebana.ike.wire.Octets;

/** The AlgorithmIdentifiers that come before signatures (RFC 7427 3), of at most 255 octets. */
public final class AlgorithmIdentifiers {
    private static final Map<Octets, SignatureScheme> EXACT = new HashMap<>();

    static {
        for (SignatureScheme scheme : SignatureScheme.values()) {
            EXACT.put(scheme.algorithmIdentifier(), scheme);
        }
    }

    private AlgorithmIdentifiers() {}

    /**
     * The scheme that an identifier names; empty for all others. Of RSASSA-PSS other forms are understood, too: with
     * the trailer field (RFC 7427 A.4.3), or without the NULL of its digests (RFC 4055 2.1).
     */
    public static Optional<SignatureScheme> decode(Octets identifier) {
        SignatureScheme exact = EXACT.get(identifier);
        return exact != null ? Optional.of(exact) : parse(identifier).flatMap(AlgorithmIdentifiers::pss);
    }

    /** For people: the object identifier where there is one, else how long the octets are. */
    public static String describe(Octets identifier) {
        return parse(identifier)
                .map(parsed -> parsed.getAlgorithm().getId())
                .orElse("malformed, of " + identifier.length() + " octets");
    }

    private static Optional<AlgorithmIdentifier> parse(Octets identifier) {
        try {
            return Optional.of(AlgorithmIdentifier.getInstance(ASN1Primitive.fromByteArray(identifier.toByteArray())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // Bouncy Castle refuses malformed ASN.1 with exceptions of many kinds
        }
    }

    private static Optional<SignatureScheme> pss(AlgorithmIdentifier identifier) {
        if (!identifier.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                || identifier.getParameters() == null) {
            return Optional.empty();
        }
        try {
            RSASSAPSSparams given = RSASSAPSSparams.getInstance(identifier.getParameters());
            return Arrays.stream(SignatureScheme.values())
                    .filter(SignatureScheme::isPss)
                    .filter(scheme -> isSame(given, parameters(scheme)))
                    .findFirst();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static RSASSAPSSparams parameters(SignatureScheme scheme) {
        return RSASSAPSSparams.getInstance(
                parse(scheme.algorithmIdentifier()).orElseThrow().getParameters());
    }

    private static boolean isSame(RSASSAPSSparams given, RSASSAPSSparams ours) {
        AlgorithmIdentifier givenMask = given.getMaskGenAlgorithm();
        AlgorithmIdentifier ourMask = ours.getMaskGenAlgorithm();
        return isSameDigest(given.getHashAlgorithm(), ours.getHashAlgorithm())
                && givenMask.getAlgorithm().equals(ourMask.getAlgorithm())
                && isSameDigest(
                        AlgorithmIdentifier.getInstance(givenMask.getParameters()),
                        AlgorithmIdentifier.getInstance(ourMask.getParameters()))
                && given.getSaltLength().equals(ours.getSaltLength())
                && given.getTrailerField().equals(ours.getTrailerField());
    }

    private static boolean isSameDigest(AlgorithmIdentifier given, AlgorithmIdentifier ours) {
        ASN1Encodable parameters = given.getParameters();
        return given.getAlgorithm().equals(ours.getAlgorithm())
                && (parameters == null || DERNull.INSTANCE.equals(parameters));
    }
}
