package org.ikebana.ike.eap;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;

/** A method of the side that is authenticated: the peer of RFC 3748, who is an initiator of IKE. */
public interface PeerMethod extends AutoCloseable {
    /**
     * @param request what follows the type in a request of this method
     * @return what follows it in the response
     * @throws EapException when there is no use to go on
     */
    Octets answer(Octets request) throws EapException;

    /** Whether the server may say Success now: it has proved itself, and that we have is left to it. */
    boolean isDone();

    /** The MSK, once it is done; the caller's to close. */
    Secret msk();

    /** Once it is done: to the server's certificate, which may yet be revoked; empty where it needs none, or is trusted as it is. */
    Optional<TrustPath> path();

    /** Why it will not be done, where it is known before the server says Failure. */
    Optional<String> fault();

    @Override
    void close();
}
