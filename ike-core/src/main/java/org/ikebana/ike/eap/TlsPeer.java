package org.ikebana.ike.eap;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.TrustPath;
import org.jspecify.annotations.Nullable;

/** EAP-TLS of the side that is authenticated: the TLS client (RFC 5216 2.1, RFC 9190). */
public final class TlsPeer implements PeerMethod {
    private final TlsParty party;
    private final TlsFragments fragments = new TlsFragments();
    private @Nullable TlsSession session;

    public TlsPeer(TlsParty party) {
        this.party = party;
    }

    @Override
    public Octets answer(Octets request) throws EapException {
        if (session == null) {
            if (request.isEmpty() || (request.at(0) & TlsFragments.START) == 0) {
                throw new EapException("the peer does not begin EAP-TLS with a start");
            }
            TlsSession begun = TlsSession.client(party);
            session = begun;
            return fragments.send(begun.output());
        }
        if (fragments.hasMore()) {
            if (!TlsFragments.isAcknowledgement(request)) {
                throw new EapException("the peer does not wait for all of our EAP-TLS message");
            }
            return fragments.next();
        }
        TlsSession going = session;
        Optional<byte[]> message = fragments.receive(request);
        return message.isEmpty() ? TlsFragments.acknowledgement() : fragments.send(going.offer(message.get()));
    }

    @Override
    public boolean isDone() {
        return session != null && session.isCommitted() && !fragments.hasMore();
    }

    @Override
    public Secret msk() {
        if (session == null) {
            throw new IllegalStateException("not before the handshake");
        }
        return session.msk();
    }

    @Override
    public Optional<TrustPath> path() {
        if (session == null) {
            throw new IllegalStateException("not before the handshake");
        }
        return session.path();
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(session).flatMap(TlsSession::fault);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
