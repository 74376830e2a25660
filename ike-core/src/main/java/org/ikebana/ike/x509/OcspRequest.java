package org.ikebana.ike.x509;

import java.io.IOException;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.ikebana.ike.wire.Octets;

/**
 * Asks a responder for the status of one certificate (RFC 6960 4.1).
 *
 * @param nonce which its answer repeats, if it makes one for this request alone (RFC 9654)
 * @param encoded DER
 */
public record OcspRequest(Octets nonce, Octets encoded) {
    /** In octets (RFC 9654 2.1). */
    public static final int NONCE_LENGTH = 32;

    static final DigestCalculatorProvider DIGESTS = new BcDigestCalculatorProvider();

    public static OcspRequest of(Certificate subject, Certificate issuer, Octets nonce) {
        try {
            var value = new DEROctetString(nonce.toByteArray()).getEncoded();
            byte[] request = new OCSPReqBuilder()
                    .addRequest(id(subject, issuer))
                    .setRequestExtensions(
                            new Extensions(new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, value)))
                    .build()
                    .getEncoded();
            return new OcspRequest(nonce, Octets.wrap(request));
        } catch (IOException | OCSPException | OperatorCreationException e) {
            throw new IllegalStateException("what has been read cannot be written", e);
        }
    }

    /** With SHA-1, which every responder knows; nothing depends on its strength, as the issuer's key is at hand. */
    private static CertificateID id(Certificate subject, Certificate issuer)
            throws OperatorCreationException, OCSPException, IOException {
        return new CertificateID(
                DIGESTS.get(CertificateID.HASH_SHA1),
                new X509CertificateHolder(issuer.encoded().toByteArray()),
                subject.serialNumber());
    }
}
