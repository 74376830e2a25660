package org.ikebana.ike.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentSigner;
import org.ikebana.ike.wire.Octets;

/** Answers OCSP requests with what a test has told it of certificates; all others are good. */
public final class TestResponder {
    private final X509CertificateHolder own;
    private final ContentSigner signer;
    private final boolean sendsCertificate;
    private final Map<BigInteger, CertificateStatus> said = new HashMap<>();
    private Instant from = TestAuthority.BEGIN;
    private Instant to = TestAuthority.END;
    private boolean repeatsNonce = true;

    private TestResponder(Certificate own, ContentSigner signer, boolean sendsCertificate) {
        try {
            this.own = new X509CertificateHolder(own.encoded().toByteArray());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        this.signer = signer;
        this.sendsCertificate = sendsCertificate;
    }

    /** Signs with the authority's own key. */
    public static TestResponder of(TestAuthority authority) {
        return new TestResponder(authority.certificate(), authority.signer(), false);
    }

    /** With a key that the authority has certified for it, or else not for it. */
    public static TestResponder delegate(TestAuthority authority, boolean isEmpowered) {
        return delegate(authority, isEmpowered, TestResponder::vouchedFor);
    }

    /** @param content what else is in its certificate, instead of that it need not be looked up */
    public static TestResponder delegate(TestAuthority authority, boolean isEmpowered, TestAuthority.Content content) {
        TestAuthority own = authority.intermediate("CN=Responder", 0, builder -> {
            builder.replaceExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (isEmpowered) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
            }
            content.addTo(builder);
        });
        return new TestResponder(own.certificate(), own.signer(), true);
    }

    /** RFC 6960 4.2.2.2.1. */
    private static void vouchedFor(X509v3CertificateBuilder builder) throws CertIOException {
        builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    }

    public Certificate certificate() {
        try {
            return Certificate.decode(Octets.wrap(own.getEncoded()));
        } catch (IOException | UnusableCertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestResponder revoke(Certificate certificate, int reason) {
        said.put(certificate.serialNumber(), new RevokedStatus(Date.from(TestList.REVOKED), reason));
        return this;
    }

    TestResponder forget(Certificate certificate) {
        said.put(certificate.serialNumber(), new UnknownStatus());
        return this;
    }

    public TestResponder during(Instant begin, Instant end) {
        from = begin;
        to = end;
        return this;
    }

    TestResponder withoutNonce() {
        repeatsNonce = false;
        return this;
    }

    /** @param request in DER */
    public Octets answer(Octets request) {
        try {
            OCSPReq read = new OCSPReq(request.toByteArray());
            var response = new BasicOCSPRespBuilder(new RespID(own.getSubject()));
            for (Req each : read.getRequestList()) {
                response.addResponse(
                        each.getCertID(),
                        said.getOrDefault(each.getCertID().getSerialNumber(), CertificateStatus.GOOD),
                        Date.from(from),
                        Date.from(to));
            }
            Extension nonce = read.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
            if (nonce != null && repeatsNonce) {
                response.setResponseExtensions(new Extensions(nonce));
            }
            var basic = response.build(
                    signer,
                    sendsCertificate ? new X509CertificateHolder[] {own} : new X509CertificateHolder[0],
                    Date.from(from));
            return Octets.wrap(
                    new OCSPRespBuilder().build(OCSPResp.SUCCESSFUL, basic).getEncoded());
        } catch (IOException | OCSPException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
