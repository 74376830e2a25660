package org.ikebana.ike.task;

import java.nio.ByteBuffer;
import org.ikebana.ike.crypto.IkeKeys;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.wire.Octets;

/**
 * What the IKE_INTERMEDIATE exchanges add to the octets that both sign (RFC 9242 3.3.2).
 *
 * @param exchanges how many there were; their message IDs are 1 and on
 * @param initiator IntAuth_iN, empty before the first
 * @param responder IntAuth_rN, empty before the first
 */
public record IntermediateAuth(int exchanges, Octets initiator, Octets responder) {
    public static final IntermediateAuth NONE = new IntermediateAuth(0, Octets.EMPTY, Octets.EMPTY);

    /**
     * After one more exchange.
     *
     * @param keys those that were at work in it
     * @param request {@link org.ikebana.ike.wire.IntermediateContent} of the initiator's message
     * @param response of the responder's
     */
    IntermediateAuth after(Prf prf, IkeKeys keys, Octets request, Octets response) {
        return new IntermediateAuth(
                exchanges + 1,
                Octets.wrap(prf.compute(keys.skPi().bytes(), initiator.toByteArray(), request.toByteArray())),
                Octets.wrap(prf.compute(keys.skPr().bytes(), responder.toByteArray(), response.toByteArray())));
    }

    /** {@code IntAuth_iN | IntAuth_rN | IKE_AUTH_MID}; empty where there were no such exchanges. */
    byte[] intAuth() {
        if (exchanges == 0) {
            return new byte[0];
        }
        ByteBuffer intAuth = ByteBuffer.allocate(initiator.length() + responder.length() + Integer.BYTES);
        initiator.writeTo(intAuth);
        responder.writeTo(intAuth);
        return intAuth.putInt(exchanges + 1).array();
    }
}
