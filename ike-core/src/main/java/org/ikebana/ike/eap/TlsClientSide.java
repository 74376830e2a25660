package org.ikebana.ike.eap;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** The client of EAP-TLS: the EAP peer. */
final class TlsClientSide extends AbstractTlsClient {
    private final TlsParty party;
    private final TlsEnd end;

    TlsClientSide(TlsParty party, TlsEnd end) {
        super(TlsSuites.crypto(party.random()));
        this.party = party;
        this.end = end;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return TlsSuites.VERSIONS;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsSuites.client();
    }

    @Override
    protected Vector<?> getSupportedSignatureAlgorithms() {
        return TlsSuites.signatures(context);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                end.trust(party.check(certificate.getCertificate()));
            }

            @Override
            public TlsCredentials getClientCredentials(@Nullable CertificateRequest request) throws IOException {
                if (request == null) {
                    throw new TlsRefusal(AlertDescription.handshake_failure, "the peer asks for no certificate");
                }
                return TlsSigner.of(party, context, request.getSupportedSignatureAlgorithms());
            }
        };
    }

    /** Nobody renegotiates here, and strongSwan does not know RFC 5746. */
    @Override
    public void notifySecureRenegotiation(boolean isSecure) {}

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        end.complete(context);
    }

    @Override
    public void notifyAlertRaised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        end.raised(level, description, message, cause);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        end.received(level, description);
    }
}
