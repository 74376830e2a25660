package org.ikebana.ike.eap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/** Signs TLS handshakes with a private key wherever it is kept, so that none has to be handed to the TLS library. */
final class TlsSigner implements TlsCredentialedSigner {
    private static final Map<SignatureScheme, SignatureAndHashAlgorithm> ALGORITHMS = Map.of(
            SignatureScheme.RSA_PSS_SHA2_256, SignatureAndHashAlgorithm.rsa_pss_rsae_sha256,
            SignatureScheme.RSA_PSS_SHA2_384, SignatureAndHashAlgorithm.rsa_pss_rsae_sha384,
            SignatureScheme.RSA_PSS_SHA2_512, SignatureAndHashAlgorithm.rsa_pss_rsae_sha512,
            SignatureScheme.RSA_SHA2_256, algorithm(4, 1),
            SignatureScheme.RSA_SHA2_384, algorithm(5, 1),
            SignatureScheme.RSA_SHA2_512, algorithm(6, 1),
            SignatureScheme.ECDSA_SHA2_256, algorithm(4, 3),
            SignatureScheme.ECDSA_SHA2_384, algorithm(5, 3),
            SignatureScheme.ECDSA_SHA2_512, algorithm(6, 3),
            SignatureScheme.ED25519, SignatureAndHashAlgorithm.ed25519);

    private final TlsParty party;
    private final Certificate certificate;
    private final SignatureScheme scheme;

    private TlsSigner(TlsParty party, Certificate certificate, SignatureScheme scheme) {
        this.party = party;
        this.certificate = certificate;
        this.scheme = scheme;
    }

    /** @param accepted signature algorithms of the other side */
    static TlsSigner of(TlsParty party, TlsContext context, Vector<?> accepted) throws IOException {
        boolean isTls13 = TlsUtils.isTLSv13(context);
        SignatureScheme scheme = schemes(party.key().publicKey()).stream()
                .filter(each -> accepted.contains(ALGORITHMS.get(each)) && (!isTls13 || isForTls13(each)))
                .findFirst()
                .orElseThrow(() -> new TlsRefusal(
                        AlertDescription.handshake_failure,
                        "our key of " + party.key().publicKey() + " signs in no way that the peer takes in EAP-TLS"));
        return new TlsSigner(party, certificate(party, context, isTls13), scheme);
    }

    @Override
    public Certificate getCertificate() {
        return certificate;
    }

    @Override
    public SignatureAndHashAlgorithm getSignatureAndHashAlgorithm() {
        return Optional.ofNullable(ALGORITHMS.get(scheme)).orElseThrow();
    }

    @Override
    public byte[] generateRawSignature(byte[] hash) throws IOException {
        throw new TlsRefusal(AlertDescription.internal_error, "signatures are made of messages, not of hashes");
    }

    @Override
    public TlsStreamSigner getStreamSigner() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        return new TlsStreamSigner() {
            @Override
            public OutputStream getOutputStream() {
                return message;
            }

            @Override
            public byte[] getSignature() throws IOException {
                return sign(message.toByteArray());
            }
        };
    }

    private byte[] sign(byte[] message) throws IOException {
        SignatureAlgorithm algorithm = party.crypto()
                .signature(scheme)
                .orElseThrow(() -> new TlsRefusal(AlertDescription.internal_error, scheme + " is switched off"));
        try {
            return party.key().sign(algorithm, message, party.random());
        } catch (UnusableKeyException e) {
            throw new TlsRefusal(
                    AlertDescription.internal_error,
                    "our key of " + party.key().publicKey() + " cannot sign: " + e.getMessage());
        }
    }

    /** What suits the key, the preferred one first; a curve goes with its digest (RFC 8446 4.2.3). */
    private static List<SignatureScheme> schemes(VerifyingKey key) {
        return switch (key.type()) {
            case RSA ->
                List.of(
                        SignatureScheme.RSA_PSS_SHA2_256,
                        SignatureScheme.RSA_PSS_SHA2_384,
                        SignatureScheme.RSA_PSS_SHA2_512,
                        SignatureScheme.RSA_SHA2_256,
                        SignatureScheme.RSA_SHA2_384,
                        SignatureScheme.RSA_SHA2_512);
            case ECDSA -> ecdsa(key);
            case ED25519 -> List.of(SignatureScheme.ED25519);
            default -> List.of();
        };
    }

    private static List<SignatureScheme> ecdsa(VerifyingKey key) {
        return switch (key.curve().map(Object::toString).orElse("")) {
            case "P-256" -> List.of(SignatureScheme.ECDSA_SHA2_256);
            case "P-384" -> List.of(SignatureScheme.ECDSA_SHA2_384);
            case "P-521" -> List.of(SignatureScheme.ECDSA_SHA2_512);
            default -> List.of();
        };
    }

    private static boolean isForTls13(SignatureScheme scheme) {
        return scheme.keyType() != KeyType.RSA || scheme.isPss();
    }

    private static Certificate certificate(TlsParty party, TlsContext context, boolean isTls13) throws IOException {
        TlsCertificate[] chain = new TlsCertificate[party.chain().size()];
        CertificateEntry[] entries = new CertificateEntry[chain.length];
        for (int i = 0; i < chain.length; i++) {
            Octets der = party.chain().get(i);
            chain[i] = context.getCrypto().createCertificate(der.toByteArray());
            entries[i] = new CertificateEntry(chain[i], null);
        }
        return isTls13 ? new Certificate(TlsUtils.EMPTY_BYTES, entries) : new Certificate(chain);
    }

    private static SignatureAndHashAlgorithm algorithm(int hash, int signature) {
        return SignatureAndHashAlgorithm.getInstance((short) hash, (short) signature);
    }
}
