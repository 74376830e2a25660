package org.ikebana.ike.crypto;

import java.util.EnumMap;
import java.util.Map;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed448Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** The signature algorithms on offer, one for each scheme; {@link KnownSignatures} tests them. */
final class StandardSignatures {
    /** No context: only pure EdDSA and ML-DSA are used (RFC 8420 1, draft-ietf-ipsecme-ikev2-pqc-auth). */
    private static final byte[] NO_CONTEXT = {};

    private StandardSignatures() {}

    static Map<SignatureScheme, Tested<SignatureAlgorithm>> signatures() {
        Map<SignatureScheme, Tested<SignatureAlgorithm>> all = new EnumMap<>(SignatureScheme.class);
        for (SignatureScheme scheme : SignatureScheme.values()) {
            all.put(scheme, new Tested<>(scheme.toString(), () -> algorithm(scheme), KnownSignatures::areVerifiedBy));
        }
        return all;
    }

    private static SignatureAlgorithm algorithm(SignatureScheme scheme) {
        return switch (scheme.keyType()) {
            case RSA -> new PlatformRsa(scheme);
            case ECDSA -> new BcEcdsa(scheme);
            case ED25519 -> new BcMessageSignature(scheme, Ed25519Signer::new);
            case ED448 -> new BcMessageSignature(scheme, () -> new Ed448Signer(NO_CONTEXT));
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> new BcMessageSignature(scheme, MLDSASigner::new);
        };
    }
}
