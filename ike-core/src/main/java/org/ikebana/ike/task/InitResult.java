package org.ikebana.ike.task;

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
        InitExtensions extensions) {

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
            return new InitResult(role, algorithms, ikeKeys, ni, nr, request, response, nat.status(), extensions);
        }
    }

    /**
     * Derives the keys of a rekeyed IKE SA (RFC 7296 2.18); takes over and wipes the shared secret. Nobody authenticates
     * again, so there are no messages to sign.
     *
     * @param role who asked for the rekey is the new initiator
     * @param keys after its exchange
     */
    InitResult rekeyed(Role role, KeyNegotiation keys, long initiatorSpi, long responderSpi) {
        boolean initiator = role == Role.INITIATOR;
        Octets ni = initiator ? keys.ownNonce() : keys.peerNonce();
        Octets nr = initiator ? keys.peerNonce() : keys.ownNonce();
        IkeAlgorithms fresh = keys.algorithms();
        byte[] none = {};
        try (Secret shared = keys.shared();
                Secret skeyseed = KeySchedule.skeyseedOfRekey(
                        algorithms.prf(), this.keys.skD(), shared, ni.toByteArray(), nr.toByteArray())) {
            return new InitResult(
                    role,
                    fresh,
                    ikeKeys(fresh, skeyseed, ni, nr, initiatorSpi, responderSpi),
                    ni,
                    nr,
                    none,
                    none,
                    nat,
                    extensions);
        }
    }

    /** The lower one of the two nonces: decides between SAs that both ends began at once. */
    public Octets lowestNonce() {
        return Nonces.lower(ni, nr);
    }

    /** What {@code signer} proves its identity with (RFC 7296 2.15). */
    SignedOctets signedOctets(Role signer, byte[] idBody) {
        return switch (signer) {
            case INITIATOR -> new SignedOctets(algorithms.prf(), request, nr.toByteArray(), keys.skPi(), idBody);
            case RESPONDER -> new SignedOctets(algorithms.prf(), response, ni.toByteArray(), keys.skPr(), idBody);
        };
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
