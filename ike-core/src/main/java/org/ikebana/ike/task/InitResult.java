package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.SignedOctets;
import org.ikebana.ike.crypto.IkeKeys;
import org.ikebana.ike.crypto.KeySchedule;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;

/**
 * What IKE_SA_INIT leaves behind and IKE_AUTH builds on.
 *
 * @param ni the initiator's nonce
 * @param request the initiator's IKE_SA_INIT message that was answered, whole
 * @param response the responder's
 * @param nat on the path of IKE_SA_INIT; of a rekeyed IKE SA, on that of the first one
 * @param intermediate what IKE_INTERMEDIATE exchanges add to what is signed
 * @param ppkId of the PPK that one of them has mixed in (RFC 9867); empty for none
 */
public record InitResult(
        Role role,
        IkeAlgorithms algorithms,
        IkeKeys keys,
        Octets ni,
        Octets nr,
        byte[] request,
        byte[] response,
        NatStatus nat,
        InitExtensions extensions,
        IntermediateAuth intermediate,
        Octets ppkId) {
    /** No message. */
    private static final byte[] NONE = {};

    /**
     * Derives the keys once both messages are known (RFC 7296 2.14); takes over and wipes the shared secret.
     *
     * @param keys after its exchange
     */
    public static InitResult derive(
            Role role,
            KeyNegotiation keys,
            NatDetection nat,
            InitExtensions extensions,
            long initiatorSpi,
            long responderSpi,
            byte[] request,
            byte[] response) {
        boolean initiator = role == Role.INITIATOR;
        Octets ni = initiator ? keys.ownNonce() : keys.peerNonce();
        Octets nr = initiator ? keys.peerNonce() : keys.ownNonce();
        IkeAlgorithms algorithms = keys.algorithms();
        try (Secret shared = keys.shared();
                Secret skeyseed = KeySchedule.skeyseed(algorithms.prf(), ni.toByteArray(), nr.toByteArray(), shared)) {
            IkeKeys ikeKeys = ikeKeys(algorithms, skeyseed, ni, nr, initiatorSpi, responderSpi);
            return new InitResult(
                    role,
                    algorithms,
                    ikeKeys,
                    ni,
                    nr,
                    request,
                    response,
                    nat.status(),
                    extensions,
                    IntermediateAuth.NONE,
                    Octets.EMPTY);
        }
    }

    /**
     * Derives the keys of a rekeyed IKE SA (RFC 7296 2.18); takes over and wipes the shared secret. Nobody authenticates
     * again, so there are no messages to sign.
     *
     * @param role who asked for the rekey is the new initiator
     * @param keys after its exchange
     * @param additional SK(1) to SK(n) (RFC 9370 2.2.4); the caller wipes them
     */
    InitResult rekeyed(Role role, KeyNegotiation keys, List<Secret> additional, long initiatorSpi, long responderSpi) {
        boolean initiator = role == Role.INITIATOR;
        Octets ni = initiator ? keys.ownNonce() : keys.peerNonce();
        Octets nr = initiator ? keys.peerNonce() : keys.ownNonce();
        IkeAlgorithms fresh = keys.algorithms();
        try (Secret shared = keys.shared();
                Secret skeyseed = KeySchedule.skeyseedOfRekey(
                        algorithms.prf(), this.keys.skD(), shared, ni.toByteArray(), nr.toByteArray(), additional)) {
            return new InitResult(
                    role,
                    fresh,
                    ikeKeys(fresh, skeyseed, ni, nr, initiatorSpi, responderSpi),
                    ni,
                    nr,
                    NONE,
                    NONE,
                    nat,
                    extensions,
                    IntermediateAuth.NONE,
                    Octets.EMPTY);
        }
    }

    /** Without what is signed and signed with, which is wiped, and without the nonces: an IKE SA may live for long. */
    public InitResult authenticated() {
        return new InitResult(
                role,
                algorithms,
                keys.authenticated(),
                Octets.EMPTY,
                Octets.EMPTY,
                NONE,
                NONE,
                nat,
                extensions,
                IntermediateAuth.NONE,
                ppkId);
    }

    /** The lower one of the two nonces: decides between SAs that both ends began at once. */
    public Octets lowestNonce() {
        return Nonces.lower(ni, nr);
    }

    /**
     * After one more IKE_INTERMEDIATE exchange (RFC 9242 3.3.2), with which all keys are new if it carried a key exchange (RFC
     * 9370 2.2.2) or agreed on a PPK, which comes after that (RFC 9867). The keys before it are the caller's to close, where
     * these are others.
     *
     * @param sent {@link org.ikebana.ike.wire.IntermediateContent} of the request
     * @param answered of the response
     * @param shared is taken over and wiped
     */
    public InitResult afterIntermediate(
            Octets sent,
            Octets answered,
            Optional<Secret> shared,
            Optional<PpkExchange.Mix> ppk,
            long initiatorSpi,
            long responderSpi) {
        IntermediateAuth auth = intermediate.after(algorithms.prf(), keys, sent, answered);
        IkeKeys exchanged =
                shared.map(s -> keysAfter(s, initiatorSpi, responderSpi)).orElse(keys);
        if (ppk.isEmpty()) {
            return with(exchanged, auth, ppkId);
        }
        Secret secret = ppk.get().ppk().secret();
        try (Secret skeyseed = KeySchedule.skeyseedWithPpk(algorithms.prf(), secret, exchanged.skD())) {
            IkeKeys mixed = ikeKeys(algorithms, skeyseed, ni, nr, initiatorSpi, responderSpi);
            shared.ifPresent(s -> exchanged.close());
            return with(mixed, auth, ppk.get().id());
        }
    }

    /** The peer has said more of how it can be convinced. */
    public InitResult with(PeerSignatures signatures) {
        return new InitResult(
                role,
                algorithms,
                keys,
                ni,
                nr,
                request,
                response,
                nat,
                extensions.with(signatures),
                intermediate,
                ppkId);
    }

    /** With a PPK mixed in (RFC 8784 3); the keys that protect messages stay. */
    InitResult withPpk(Secret ppk) {
        return with(KeySchedule.withPpk(algorithms.prf(), ppk, keys), intermediate, ppkId);
    }

    /** What {@code signer} proves its identity with (RFC 7296 2.15). */
    SignedOctets signedOctets(Role signer, byte[] idBody) {
        byte[] intAuth = intermediate.intAuth();
        return switch (signer) {
            case INITIATOR ->
                new SignedOctets(algorithms.prf(), request, nr.toByteArray(), keys.skPi(), idBody, intAuth);
            case RESPONDER ->
                new SignedOctets(algorithms.prf(), response, ni.toByteArray(), keys.skPr(), idBody, intAuth);
        };
    }

    /** {@code SKEYSEED(n) = prf(SK_d(n-1), SK(n) | Ni | Nr)} (RFC 9370 2.2.2). */
    private IkeKeys keysAfter(Secret shared, long initiatorSpi, long responderSpi) {
        try (shared;
                Secret skeyseed = KeySchedule.skeyseedOfRekey(
                        algorithms.prf(), keys.skD(), shared, ni.toByteArray(), nr.toByteArray(), List.of())) {
            return ikeKeys(algorithms, skeyseed, ni, nr, initiatorSpi, responderSpi);
        }
    }

    private InitResult with(IkeKeys fresh, IntermediateAuth auth, Octets mixedIn) {
        return new InitResult(role, algorithms, fresh, ni, nr, request, response, nat, extensions, auth, mixedIn);
    }

    private static IkeKeys ikeKeys(
            IkeAlgorithms algorithms, Secret skeyseed, Octets ni, Octets nr, long initiatorSpi, long responderSpi) {
        return KeySchedule.ikeKeys(
                algorithms.prf(),
                algorithms.encryption(),
                algorithms.integrity(),
                skeyseed,
                ni.toByteArray(),
                nr.toByteArray(),
                initiatorSpi,
                responderSpi);
    }
}
