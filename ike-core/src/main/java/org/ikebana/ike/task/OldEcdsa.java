package org.ikebana.ike.task;

import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.crypto.EcdsaCurve;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.AuthMethod;

/** The methods of RFC 4754: one curve and one digest each. */
enum OldEcdsa {
    P_256(AuthMethod.ECDSA_SHA_256_P_256, EcdsaCurve.P_256, SignatureScheme.ECDSA_SHA2_256),
    P_384(AuthMethod.ECDSA_SHA_384_P_384, EcdsaCurve.P_384, SignatureScheme.ECDSA_SHA2_384),
    P_521(AuthMethod.ECDSA_SHA_512_P_521, EcdsaCurve.P_521, SignatureScheme.ECDSA_SHA2_512);

    private final int method;
    private final EcdsaCurve curve;
    private final SignatureScheme scheme;

    OldEcdsa(int method, EcdsaCurve curve, SignatureScheme scheme) {
        this.method = method;
        this.curve = curve;
        this.scheme = scheme;
    }

    static Optional<OldEcdsa> of(int method) {
        return Arrays.stream(values()).filter(old -> old.method == method).findFirst();
    }

    static Optional<OldEcdsa> of(VerifyingKey key, SignatureScheme scheme) {
        return Arrays.stream(values())
                .filter(old -> old.scheme == scheme && key.curve().equals(Optional.of(old.curve)))
                .findFirst();
    }

    int method() {
        return method;
    }

    EcdsaCurve curve() {
        return curve;
    }

    SignatureScheme scheme() {
        return scheme;
    }
}
