package org.ikebana.ike.eap;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.x509.TrustPath;

/** A TLS handshake as octets in and octets out, by Bouncy Castle: a failure, too, may leave some to send, its alert. */
final class TlsSession implements AutoCloseable {
    /** Of TLS 1.3: an octet of zero says that there is no more to come of the handshake (RFC 9190 2.5). */
    private static final byte[] COMMITMENT = {0};

    private final TlsProtocol protocol;
    private final TlsEnd end;
    private boolean isCommitted;

    private TlsSession(TlsProtocol protocol, TlsEnd end) {
        this.protocol = protocol;
        this.end = end;
    }

    static TlsSession client(TlsParty party) throws EapException {
        TlsEnd end = new TlsEnd();
        TlsClientProtocol protocol = new TlsClientProtocol();
        try {
            protocol.connect(new TlsClientSide(party, end));
        } catch (IOException | RuntimeException e) {
            throw new EapException("TLS cannot begin: " + e.getMessage());
        }
        return new TlsSession(protocol, end);
    }

    static TlsSession server(TlsParty party) throws EapException {
        TlsEnd end = new TlsEnd();
        TlsServerProtocol protocol = new TlsServerProtocol();
        try {
            protocol.accept(new TlsServerSide(party, end));
        } catch (IOException | RuntimeException e) {
            throw new EapException("TLS cannot begin: " + e.getMessage());
        }
        return new TlsSession(protocol, end);
    }

    /** What goes to the other side; what has gone wrong shows in {@link #fault}. */
    byte[] offer(byte[] records) {
        try {
            protocol.offerInput(records);
            readApplicationData();
        } catch (IOException | RuntimeException e) { // Bouncy Castle refuses some malformed keys with others
            end.fail("the TLS handshake of EAP-TLS fails: " + e.getMessage());
        }
        return output();
    }

    byte[] output() {
        byte[] records = new byte[protocol.getAvailableOutputBytes()];
        protocol.readOutput(records, 0, records.length);
        return records;
    }

    /** A server's last word in TLS 1.3; nothing in TLS 1.2, where Finished is. */
    byte[] commit() {
        if (!end.isTls13()) {
            return new byte[0];
        }
        try {
            protocol.writeApplicationData(COMMITMENT, 0, COMMITMENT.length);
        } catch (IOException | RuntimeException e) {
            end.fail("the TLS handshake of EAP-TLS fails: " + e.getMessage());
        }
        return output();
    }

    boolean isComplete() {
        return end.isComplete() && end.fault().isEmpty();
    }

    /** Whether the server has said that all is well. */
    boolean isCommitted() {
        return isComplete() && (isCommitted || !end.isTls13());
    }

    Optional<String> fault() {
        return end.fault();
    }

    Optional<TrustPath> path() {
        return end.path();
    }

    Secret msk() {
        return end.msk();
    }

    @Override
    public void close() {
        end.close();
        if (!protocol.isClosed()) {
            try {
                protocol.close();
            } catch (IOException | RuntimeException e) {
                end.fail("TLS does not close: " + e.getMessage());
            }
        }
    }

    private void readApplicationData() throws IOException {
        byte[] data = new byte[protocol.getAvailableInputBytes()];
        int read = data.length == 0 ? 0 : protocol.readInput(data, 0, data.length);
        isCommitted |= read == COMMITMENT.length && data[0] == COMMITMENT[0];
    }
}
