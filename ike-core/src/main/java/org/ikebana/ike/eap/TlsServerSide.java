package org.ikebana.ike.eap;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The server of EAP-TLS, which insists on a certificate of the client. */
final class TlsServerSide extends AbstractTlsServer {
    private final TlsParty party;
    private final TlsEnd end;

    TlsServerSide(TlsParty party, TlsEnd end) {
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
        return TlsSuites.server(party.key().publicKey().type());
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return TlsSigner.of(
                party, context, context.getSecurityParametersHandshake().getClientSigAlgs());
    }

    @Override
    public CertificateRequest getCertificateRequest() throws IOException {
        Vector<SignatureAndHashAlgorithm> signatures = TlsSuites.signatures(context);
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return TlsUtils.isTLSv13(context)
                ? new CertificateRequest(TlsUtils.EMPTY_BYTES, signatures, null, null)
                : new CertificateRequest(types, signatures, null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        end.trust(party.check(certificate));
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
