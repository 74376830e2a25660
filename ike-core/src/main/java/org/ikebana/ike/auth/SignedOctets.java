package org.ikebana.ike.auth;

import java.nio.ByteBuffer;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.crypto.Secret;

/**
 * What one side signs in IKE_AUTH (RFC 7296 2.15): its own first message, the other's nonce, and a MAC of its ID
 * payload under SK_pi or SK_pr.
 *
 * @param message its IKE_SA_INIT message, whole, without non-ESP marker
 * @param otherNonce the nonce of the other side
 * @param skP SK_pi for the initiator's octets, SK_pr for the responder's
 * @param idBody RestOfIDPayload: ID type, three reserved octets, identification data
 * @param intAuth of the IKE_INTERMEDIATE exchanges (RFC 9242 3.3.2); empty where there were none
 */
public record SignedOctets(Prf prf, byte[] message, byte[] otherNonce, Secret skP, byte[] idBody, byte[] intAuth) {
    private static final byte[] KEY_PAD = "Key Pad for IKEv2".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** {@code AUTH = prf(prf(Shared Secret, "Key Pad for IKEv2"), <SignedOctets>)} (RFC 7296 2.15). */
    public byte[] withSharedKey(Secret sharedSecret) {
        try (Secret key = Secret.wrap(prf.compute(sharedSecret.bytes(), KEY_PAD))) {
            return prf.compute(key.bytes(), message, otherNonce, prf.compute(skP.bytes(), idBody), intAuth);
        }
    }

    /** As {@link #withSharedKey}, with SK_pi or SK_pr for the secret (RFC 7619 2.1; RFC 7296 2.16 without an MSK). */
    public byte[] withoutKey() {
        return withSharedKey(skP);
    }

    /** {@code <SignedOctets>} themselves, for a signature (RFC 7296 2.15). */
    public byte[] toBeSigned() {
        byte[] maced = prf.compute(skP.bytes(), idBody);
        return ByteBuffer.allocate(message.length + otherNonce.length + maced.length + intAuth.length)
                .put(message)
                .put(otherNonce)
                .put(maced)
                .put(intAuth)
                .array();
    }
}
