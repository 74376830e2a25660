package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthMethod;

/**
 * With which of its keys, and how, a side signs: by method 14 with a digest that the peer knows (RFC 7427), or, for a peer
 * that knows nothing of it, by methods 1 (RFC 7296 3.8) and 9 to 11 (RFC 4754); and by what it has announced that it accepts
 * (RFC 9593).
 *
 * @param method {@link AuthMethod}
 */
record SignatureChoice(OwnKey own, int method, SignatureScheme scheme) {
    /** @param keys at least one, the preferred ones first */
    static SignatureChoice of(List<OwnKey> keys, PublicKeyAuth local, PeerSignatures peer) throws ExchangeException {
        return keys.stream()
                .flatMap(key -> ways(key, local, peer))
                .filter(way -> peer.announced().accept(way))
                .findFirst()
                .orElseThrow(() -> new ExchangeException(
                        new Failure.AuthenticationFailed(obstacle(keys, local, peer), Optional.empty())));
    }

    private static Stream<SignatureChoice> ways(OwnKey key, PublicKeyAuth local, PeerSignatures peer) {
        List<SignatureScheme> schemes = local.signatures().schemes(key.key().publicKey());
        Stream<SignatureChoice> digital = schemes.stream()
                .filter(scheme -> peer.hashes().contains(scheme.hash()))
                .map(scheme -> new SignatureChoice(key, AuthMethod.DIGITAL_SIGNATURE, scheme));
        boolean mayBeOld = peer.hashes().isEmpty() || peer.announced().isSaid();
        Stream<SignatureChoice> old = schemes.stream()
                .filter(scheme -> mayBeOld)
                .flatMap(scheme ->
                        oldMethod(key, scheme).map(method -> new SignatureChoice(key, method, scheme)).stream());
        return Stream.concat(digital, old);
    }

    /** RSASSA-PKCS1-v1_5 with any digest, and of ECDSA three curves with one each. */
    private static Optional<Integer> oldMethod(OwnKey key, SignatureScheme scheme) {
        if (scheme.keyType() == KeyType.RSA && !scheme.isPss()) {
            return Optional.of(AuthMethod.RSA_DIGITAL_SIGNATURE);
        }
        return OldEcdsa.of(key.key().publicKey(), scheme).map(OldEcdsa::method);
    }

    private static String obstacle(List<OwnKey> keys, PublicKeyAuth local, PeerSignatures peer) {
        if (peer.announced().isSaid()) {
            String ours = keys.stream()
                    .map(key -> key.name() + " may sign by "
                            + local.signatures().schemes(key.key().publicKey()))
                    .collect(Collectors.joining(", "));
            return "the peer accepts only " + peer.announced() + "; " + ours
                    + "; name a certificate in local.certs that it accepts";
        }
        OwnKey key = keys.getFirst();
        return peer.hashes().isEmpty()
                ? key.name() + " needs a peer that knows digital signatures (RFC 7427)"
                : key.name() + " may sign by "
                        + local.signatures().schemes(key.key().publicKey()) + ", the peer verifies "
                        + peer.hashes().stream()
                                .map(HashAlgorithm::keyword)
                                .sorted()
                                .toList()
                        + " only";
    }
}
