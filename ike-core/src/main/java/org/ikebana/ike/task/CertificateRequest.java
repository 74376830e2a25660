package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.CertReqPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.Certificate;

/** CERTREQ payloads (RFC 7296 3.7): which CAs, or that raw public keys (RFC 7670 3), are accepted. */
final class CertificateRequest {
    /** Of a CA's public key: a SHA-1 hash, in octets. */
    private static final int HASH_LENGTH = 20;
    /** CAs that are named; with more the message would grow too long, and none is named, which means any. */
    private static final int MAX_AUTHORITIES = 100;

    private CertificateRequest() {}

    static List<Payload> payloads(List<PublicKeyAuth> wanted, Certificates certificates) {
        List<Payload> payloads = new ArrayList<>();
        Set<Certificate> authorities = new LinkedHashSet<>();
        boolean ofCertificates = false;
        boolean ofRawKeys = false;
        for (PublicKeyAuth side : wanted) {
            boolean asks = side.payloads() != CertificateSending.NEVER;
            ofRawKeys |= asks && !side.publicKeys().isEmpty();
            if (asks && side.publicKeys().isEmpty()) {
                ofCertificates = true;
                authorities.addAll(side.authorities().isEmpty() ? certificates.anchors() : side.authorities());
            }
        }
        if (ofCertificates) {
            payloads.add(new CertReqPayload(CertPayload.X509_SIGNATURE, hashes(authorities)));
        }
        if (ofRawKeys) {
            payloads.add(new CertReqPayload(CertPayload.RAW_PUBLIC_KEY, Octets.EMPTY));
        }
        return payloads;
    }

    static boolean isIn(InboundMessage message) {
        return !message.all(CertReqPayload.class).isEmpty();
    }

    private static Octets hashes(Set<Certificate> authorities) {
        if (authorities.size() > MAX_AUTHORITIES) {
            return Octets.EMPTY;
        }
        byte[] hashes = new byte[authorities.size() * HASH_LENGTH];
        int at = 0;
        for (Certificate authority : authorities) {
            authority.publicKeyHash().copyTo(hashes, at);
            at += HASH_LENGTH;
        }
        return Octets.wrap(hashes);
    }
}
