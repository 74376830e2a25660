package org.ikebana.crypto.conscrypt;

import java.security.Provider;
import java.util.Optional;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.ProvidedAlgorithms;
import org.ikebana.ike.crypto.ProvidedSignature;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.wire.KeId;

/**
 * Those that measured faster than the standard ones ({@code integration-tests/bench handshakes}): curves, and RSA. What the
 * platform has instructions for (AES, GCM, the digests) it does as fast, and without crossing into native code.
 */
record ConscryptAlgorithms(Provider provider) implements ProvidedAlgorithms {
    @Override
    public Optional<KeyExchange> keyExchange(int id) {
        return switch (id) {
            case KeId.CURVE25519 -> Optional.of(new CurveExchange(id, "curve25519", provider, new X25519Codec()));
            case KeId.ECP_256 -> Optional.of(new CurveExchange(id, "ecp256", provider, NistCodec.P_256));
            case KeId.ECP_384 -> Optional.of(new CurveExchange(id, "ecp384", provider, NistCodec.P_384));
            case KeId.ECP_521 -> Optional.of(new CurveExchange(id, "ecp521", provider, NistCodec.P_521));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<ProvidedSignature> signature(SignatureScheme scheme) {
        return switch (scheme) {
            case ECDSA_SHA2_256 -> signature(scheme, "SHA256withECDSA");
            case ECDSA_SHA2_384 -> signature(scheme, "SHA384withECDSA");
            case ECDSA_SHA2_512 -> signature(scheme, "SHA512withECDSA");
            case RSA_SHA2_256 -> signature(scheme, "SHA256withRSA");
            case RSA_SHA2_384 -> signature(scheme, "SHA384withRSA");
            case RSA_SHA2_512 -> signature(scheme, "SHA512withRSA");
            case RSA_PSS_SHA2_256 -> signature(scheme, "SHA256withRSA/PSS");
            case RSA_PSS_SHA2_384 -> signature(scheme, "SHA384withRSA/PSS");
            case RSA_PSS_SHA2_512 -> signature(scheme, "SHA512withRSA/PSS");
            default -> Optional.empty();
        };
    }

    private Optional<ProvidedSignature> signature(SignatureScheme scheme, String jcaName) {
        return Optional.of(new JcaSignature(scheme, jcaName, provider));
    }
}
