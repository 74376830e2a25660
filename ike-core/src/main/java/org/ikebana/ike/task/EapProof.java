package org.ikebana.ike.task;

import java.security.MessageDigest;
import org.ikebana.ike.crypto.Secret;
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
record EapProof(Secret msk, IdPayload own, IdPayload peers) implements AutoCloseable {
    AuthPayload make(InitResult keys) {
        byte[] mic = keys.signedOctets(keys.role(), own.body().toByteArray()).withSharedKey(msk);
        return new AuthPayload(AuthMethod.SHARED_KEY_MIC, Octets.wrap(mic));
    }

    boolean proves(AuthPayload auth, InitResult keys) {
        byte[] expected = Authentication.octetsOf(keys, peers).withSharedKey(msk);
        return auth.method() == AuthMethod.SHARED_KEY_MIC
                && MessageDigest.isEqual(expected, auth.data().toByteArray());
    }

    @Override
    public void close() {
        msk.close();
    }
}
