package org.ikebana.ike.x509;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.wire.Octets;

/** An answer to an {@link OcspRequest} (RFC 6960 4.2): what it says counts for nothing before {@link #status}. */
public final class OcspResponse {
    /** In octets. */
    public static final int MAX_LENGTH = 65_536;

    /** How long an answer holds whose responder always has newer ones (RFC 6960 4.2.2.1). */
    private static final Duration MOMENT = Duration.ofMinutes(5);
    /** Certificates, and statuses, of one answer that are looked at. */
    private static final int MOST = 16;

    private final BasicOCSPResp basic;
    private final List<SingleResp> responses;
    private final List<Certificate> certificates;
    private final StatusSignature signature;

    private OcspResponse(
            BasicOCSPResp basic,
            List<SingleResp> responses,
            List<Certificate> certificates,
            StatusSignature signature) {
        this.basic = basic;
        this.responses = responses;
        this.certificates = certificates;
        this.signature = signature;
    }

    /** @param encoded DER */
    public static OcspResponse decode(Octets encoded) throws UnusableStatusException {
        if (encoded.length() > MAX_LENGTH) {
            throw new UnusableStatusException(
                    "it has " + encoded.length() + " octets; at most " + MAX_LENGTH + " are read");
        }
        try {
            OCSPResp response = new OCSPResp(encoded.toByteArray());
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                throw new UnusableStatusException("the responder answers " + error(response.getStatus()));
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                throw new UnusableStatusException("it is of a type that is not known");
            }
            return new OcspResponse(
                    basic,
                    Arrays.stream(basic.getResponses()).limit(MOST).toList(),
                    certificates(basic),
                    StatusSignature.of(
                            basic.getSignatureAlgorithmID(), basic.getTBSResponseData(), basic.getSignature()));
        } catch (IOException | OCSPException | RuntimeException e) {
            // Bouncy Castle refuses malformed ASN.1 with exceptions of many kinds.
            throw new UnusableStatusException("it is no OCSP response, or a malformed one");
        }
    }

    /** Whether it says anything of a certificate. */
    public boolean isAbout(Certificate subject, Certificate issuer) {
        try {
            return responseOf(subject, issuer).isPresent();
        } catch (IOException | OCSPException | RuntimeException e) {
            return false; // Bouncy Castle meets some malformed parts here only
        }
    }

    /**
     * What it says of a certificate.
     *
     * @param responders trusted by the configuration, besides the issuer and whom that has empowered
     * @param nonce of the request, if this is the answer to one
     * @throws UnusableStatusException when it says nothing of the certificate, or nothing that can be relied on
     */
    public CertificateStatus status(
            Certificate subject,
            Certificate issuer,
            List<Certificate> responders,
            Optional<Octets> nonce,
            Instant now,
            CryptoRegistry crypto)
            throws UnusableStatusException {
        try {
            SingleResp single = responseOf(subject, issuer)
                    .orElseThrow(() -> new UnusableStatusException("it says nothing of this certificate"));
            checkExtensions(single, nonce);
            Certificate signer = new OcspSigner(issuer, responders, now).find(certificates, this::isResponder);
            signature.verify(signer.publicKey(), crypto);
            return read(single, now);
        } catch (IOException | OCSPException | RuntimeException e) {
            // Bouncy Castle meets some malformed parts here only.
            throw new UnusableStatusException("it is malformed");
        }
    }

    /**
     * The responder that the issuer has certified to answer for it, if it is one that may have been revoked (RFC 6960 4.2.2.2.1):
     * whether it has been is to be asked as well.
     *
     * @param responders trusted by the configuration
     */
    public Optional<Certificate> delegate(Certificate issuer, List<Certificate> responders) {
        boolean isTrusted =
                Stream.concat(Stream.of(issuer), responders.stream()).anyMatch(this::isResponder);
        return certificates.stream()
                .filter(this::isResponder)
                .findFirst()
                .filter(delegate -> !isTrusted && !delegate.isNeverRevoked());
    }

    private Optional<SingleResp> responseOf(Certificate subject, Certificate issuer) throws IOException, OCSPException {
        var holder = new X509CertificateHolder(issuer.encoded().toByteArray());
        for (SingleResp each : responses) {
            if (each.getCertID().getSerialNumber().equals(subject.serialNumber())
                    && each.getCertID().matchesIssuer(holder, OcspRequest.DIGESTS)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private void checkExtensions(SingleResp single, Optional<Octets> nonce) throws UnusableStatusException {
        if (!basic.getCriticalExtensionOIDs().isEmpty()
                || !single.getCriticalExtensionOIDs().isEmpty()) {
            throw new UnusableStatusException("it has a critical extension that is not understood");
        }
        Extension repeated = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce.isPresent() && repeated != null && !nonce.get().equals(value(repeated))) {
            throw new UnusableStatusException("it is the answer to another request: the nonce is not ours");
        }
    }

    /** Some put the nonce into the extension as it is, most into an OCTET STRING there (RFC 9654 2.1). */
    private static Octets value(Extension nonce) {
        byte[] content = nonce.getExtnValue().getOctets();
        try {
            return Octets.wrap(ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(content))
                    .getOctets());
        } catch (IOException | RuntimeException e) {
            return Octets.wrap(content);
        }
    }

    private boolean isResponder(Certificate candidate) {
        try {
            var holder = new X509CertificateHolder(candidate.encoded().toByteArray());
            RespID said = basic.getResponderId();
            return said.equals(new RespID(holder.getSubject()))
                    || said.equals(
                            new RespID(holder.getSubjectPublicKeyInfo(), OcspRequest.DIGESTS.get(RespID.HASH_SHA1)));
        } catch (IOException | OCSPException | OperatorCreationException e) {
            throw new IllegalStateException("what has been read cannot be read again", e);
        }
    }

    private static CertificateStatus read(SingleResp single, Instant now) throws UnusableStatusException {
        Instant from = single.getThisUpdate().toInstant();
        Instant until = single.getNextUpdate() == null
                ? from.plus(MOMENT)
                : single.getNextUpdate().toInstant();
        if (from.isAfter(now.plus(TrustedList.CLOCK_SKEW))) {
            throw new UnusableStatusException(
                    "it is not valid before " + from + ", and now it is " + now + "; is the clock right?");
        }
        if (now.isAfter(until)) {
            throw new UnusableStatusException("it has expired on " + until);
        }
        var said = single.getCertStatus();
        if (said == org.bouncycastle.cert.ocsp.CertificateStatus.GOOD) {
            return new CertificateStatus(Optional.empty(), until);
        }
        if (said instanceof RevokedStatus revoked) {
            int reason = revoked.hasRevocationReason() ? revoked.getRevocationReason() : Revocation.UNSPECIFIED;
            var revocation = new Revocation(revoked.getRevocationTime().toInstant(), reason);
            return new CertificateStatus(Optional.of(revocation), until);
        }
        throw new UnusableStatusException("the responder does not know this certificate");
    }

    /** One that cannot be read is left out, as it may not be needed. */
    private static List<Certificate> certificates(BasicOCSPResp basic) throws IOException {
        List<Certificate> found = new ArrayList<>();
        X509CertificateHolder[] sent = basic.getCerts();
        for (X509CertificateHolder each : Arrays.copyOf(sent, Math.min(sent.length, MOST))) {
            try {
                found.add(Certificate.decode(Octets.wrap(each.getEncoded())));
            } catch (UnusableCertificateException unneeded) {
                continue;
            }
        }
        return List.copyOf(found);
    }

    private static String error(int status) {
        return switch (status) {
            case OCSPResp.MALFORMED_REQUEST -> "malformedRequest";
            case OCSPResp.INTERNAL_ERROR -> "internalError";
            case OCSPResp.TRY_LATER -> "tryLater";
            case OCSPResp.SIG_REQUIRED -> "sigRequired";
            case OCSPResp.UNAUTHORIZED -> "unauthorized";
            default -> "with status " + status;
        };
    }
}
