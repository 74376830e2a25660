package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.CertReqPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/** The CERTREQ payload that asks for OCSP responses beside certificates (RFC 4806 2.1). */
final class StatusRequest {
    private StatusRequest() {}

    /**
     * @param wanted of the peer, or of all that it may yet be
     * @param responders that are trusted for every CA, and are named; none for those that the CA itself trusts
     */
    static Optional<CertReqPayload> of(List<PublicKeyAuth> wanted, List<Certificate> responders) {
        boolean isWanted = wanted.stream()
                .anyMatch(side -> side.inBandStatus()
                        && side.publicKeys().isEmpty()
                        && side.payloads() != CertificateSending.NEVER);
        List<Octets> hashes = responders.stream()
                .limit(CertificateRequest.MAX_AUTHORITIES)
                .map(Certificate::publicKeyHash)
                .toList();
        return isWanted
                ? Optional.of(new CertReqPayload(CertPayload.OCSP, CertificateRequest.join(hashes)))
                : Optional.empty();
    }

    static boolean isIn(InboundMessage message) {
        return message.all(CertReqPayload.class).stream().anyMatch(payload -> payload.encoding() == CertPayload.OCSP);
    }
}
