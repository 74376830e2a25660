package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.crypto.AlgorithmIdentifiers;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.DigitalSignature;
import org.ikebana.ike.crypto.EcdsaValue;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.Octets;

/** Checks a peer's AUTH payload that was made with a private key (RFC 7427, RFC 7296 3.8, RFC 4754). */
record Verification(CryptoRegistry crypto) {
    /** A signature and the ways it may be meant; more than one with method 1 alone, which does not name its digest. */
    private record Claim(List<SignatureScheme> schemes, byte[] signature) {}

    /**
     * @param keys of which one must have signed
     * @return why it is not right, as part of a sentence; empty if it is
     */
    Optional<String> fault(AuthPayload auth, byte[] octets, List<VerifyingKey> keys, PublicKeyAuth wanted) {
        List<String> faults = new ArrayList<>();
        for (VerifyingKey key : keys) {
            Optional<Claim> claim = claim(auth, key, faults);
            if (claim.isPresent()) {
                List<SignatureScheme> accepted = claim.get().schemes().stream()
                        .filter(scheme -> wanted.signatures().accepts(key, scheme))
                        .toList();
                if (accepted.stream()
                        .anyMatch(s -> verifies(s, key, octets, claim.get().signature()))) {
                    return Optional.empty();
                }
                faults.add(
                        accepted.isEmpty()
                                ? "it signs by " + claim.get().schemes() + " with a key of " + key
                                        + ", which remote.auth does not accept"
                                : "its signature is not of the key of " + key + " that it should have");
            }
        }
        return Optional.of(String.join("; ", faults));
    }

    private boolean verifies(SignatureScheme scheme, VerifyingKey key, byte[] octets, byte[] signature) {
        return crypto.signature(scheme)
                .filter(algorithm -> algorithm.verify(key, octets, signature))
                .isPresent();
    }

    private static Optional<Claim> claim(AuthPayload auth, VerifyingKey key, List<String> faults) {
        Optional<Claim> claim = switch (auth.method()) {
            case AuthMethod.DIGITAL_SIGNATURE -> digital(auth.data(), faults);
            case AuthMethod.RSA_DIGITAL_SIGNATURE -> Optional.of(rsa(auth.data()));
            default -> ecdsa(auth, key);
        };
        if (claim.isEmpty() && faults.isEmpty()) {
            faults.add("it proves itself by " + AuthMethod.name(auth.method()) + ", which its key of " + key
                    + " does not do");
        }
        return claim;
    }

    private static Optional<Claim> digital(Octets data, List<String> faults) {
        Optional<DigitalSignature> signature = DigitalSignature.decode(data);
        if (signature.isEmpty()) {
            faults.add("its digital signature is malformed (RFC 7427 3)");
            return Optional.empty();
        }
        Octets identifier = signature.get().algorithmIdentifier();
        Optional<SignatureScheme> scheme = AlgorithmIdentifiers.decode(identifier);
        // SHA-1 is not offered in SIGNATURE_HASH_ALGORITHMS, so that nobody may sign with it (RFC 7427 4).
        if (scheme.isEmpty() || scheme.get() == SignatureScheme.RSA_SHA1) {
            faults.add("it signs by the algorithm " + AlgorithmIdentifiers.describe(identifier)
                    + ", which is not supported");
            return Optional.empty();
        }
        return Optional.of(
                new Claim(List.of(scheme.get()), signature.get().value().toByteArray()));
    }

    private static Claim rsa(Octets data) {
        return new Claim(
                List.of(
                        SignatureScheme.RSA_SHA2_256,
                        SignatureScheme.RSA_SHA2_384,
                        SignatureScheme.RSA_SHA2_512,
                        SignatureScheme.RSA_SHA1),
                data.toByteArray());
    }

    private static Optional<Claim> ecdsa(AuthPayload auth, VerifyingKey key) {
        return OldEcdsa.of(auth.method())
                .filter(old -> key.curve().equals(Optional.of(old.curve())))
                .flatMap(old -> EcdsaValue.ofRaw(old.curve(), auth.data().toByteArray())
                        .map(value -> new Claim(List.of(old.scheme()), value.toDer())));
    }
}
