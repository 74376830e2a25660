package org.ikebana.ike.eap;

import java.util.Arrays;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/** EAP-TLS of the side that asks for authentication: the TLS server (RFC 5216 2.1, RFC 9190). */
public final class TlsServer implements ServerMethod {
    private final TlsFragments fragments = new TlsFragments();
    private final TlsSession session;
    private boolean hasCommitted;

    public TlsServer(TlsParty party) throws EapException {
        this.session = TlsSession.server(party);
    }

    @Override
    public Octets begin() {
        return Octets.copyOf((byte) TlsFragments.START);
    }

    @Override
    public Verdict judge(Octets response) throws EapException {
        if (fragments.hasMore()) {
            if (!TlsFragments.isAcknowledgement(response)) {
                throw new EapException("the peer does not wait for all of our EAP-TLS message");
            }
            return new Verdict.Ask(fragments.next());
        }
        if (session.fault().isPresent()) { // the alert has been sent
            throw new EapException(session.fault().get());
        }
        if (hasCommitted && TlsFragments.isAcknowledgement(response)) {
            return new Verdict.Proved(session.msk(), session.path());
        }
        Optional<byte[]> message = fragments.receive(response);
        return new Verdict.Ask(
                message.isEmpty() ? TlsFragments.acknowledgement() : fragments.send(reply(message.get())));
    }

    @Override
    public Optional<String> fault() {
        return session.fault();
    }

    @Override
    public void close() {
        session.close();
    }

    private byte[] reply(byte[] message) throws EapException {
        byte[] flight = session.offer(message);
        if (session.isComplete() && !hasCommitted) {
            hasCommitted = true;
            byte[] last = session.commit();
            return flight.length == 0 ? last : join(flight, last);
        }
        if (flight.length == 0) { // neither a handshake that goes on nor an alert
            throw new EapException(session.fault().orElse("the peer sent nothing that EAP-TLS goes on with"));
        }
        return flight;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
