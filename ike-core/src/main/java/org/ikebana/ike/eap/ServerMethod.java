package org.ikebana.ike.eap;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;

/** A method of the side that asks for authentication: the server of RFC 3748, who is a responder of IKE. */
public interface ServerMethod extends AutoCloseable {
    /** What follows the type in the first request. */
    Octets begin() throws EapException;

    /** What comes of a response. */
    sealed interface Verdict {
        /** What follows the type in the next request. */
        record Ask(Octets request) implements Verdict {}

        /**
         * Both have proved themselves.
         *
         * @param msk the receiver's to close
         * @param path to the peer's certificate, which may yet be revoked; empty where it needs none, or is trusted as it is
         */
        record Proved(Secret msk, Optional<TrustPath> path) implements Verdict {}
    }

    /**
     * @param response what follows the type in a response of this method
     * @throws EapException when the peer has not proved itself
     */
    Verdict judge(Octets response) throws EapException;

    /** Why the peer will not be taken, where it is known before the peer hears of it. */
    Optional<String> fault();

    @Override
    void close();
}
