package org.ikebana.ike.task;

import java.security.MessageDigest;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;

/**
 * The AUTH payloads of both sides after EAP (RFC 7296 2.16): those of a shared key, which is the MSK.
 *
 * @param own the ID payload that this side has sent last
 * @param peers that the peer has sent last
 */
record EapProof(InitResult init, Secret msk, IdPayload own, IdPayload peers) implements AutoCloseable {
    AuthPayload make() {
        byte[] mic = init.signedOctets(init.role(), own.body().toByteArray()).withSharedKey(msk);
        return new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.wrap(mic));
    }

    void verify(InboundMessage message) throws ExchangeException {
        AuthPayload auth = message.required(AuthPayload.class, "AUTH");
        byte[] expected = Authentication.octetsOf(init, peers).withSharedKey(msk);
        boolean isRight = auth.method() == AuthMethod.SHARED_KEY_MIC
                && MessageDigest.isEqual(expected, auth.data().toByteArray());
        if (!isRight) {
            throw new ExchangeException(new Failure.AuthenticationFailed(
                    "the peer's AUTH payload after EAP is not made with the key that EAP has made: somebody may sit in"
                            + " between",
                    Optional.empty()));
        }
    }

    @Override
    public void close() {
        msk.close();
    }
}
