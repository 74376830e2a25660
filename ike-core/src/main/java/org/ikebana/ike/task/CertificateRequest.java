package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.CertReqPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.Certificate;

/**
 * CERTREQ payloads (RFC 7296 3.7): which CAs, or that raw public keys (RFC 7670 3), are accepted.
 *
 * @param authorities SHA-1 hashes of the public keys of the CAs that are named, none for any
 */
record CertificateRequest(List<Octets> authorities, boolean ofCertificates, boolean ofRawKeys) {
    /** Of a CA's public key: a SHA-1 hash, in octets. */
    private static final int HASH_LENGTH = 20;
    /** CAs that are named; with more the message would grow too long, and none is named, which means any. */
    static final int MAX_AUTHORITIES = 100;
    /** A peer's further ones are not looked at. */
    private static final int MOST_HEARD = 1000;

    static CertificateRequest of(List<PublicKeyAuth> wanted, Certificates certificates) {
        List<PublicKeyAuth> asking = wanted.stream()
                .filter(side -> side.payloads() != CertificateSending.NEVER)
                .toList();
        List<PublicKeyAuth> ofCertificates =
                asking.stream().filter(side -> side.publicKeys().isEmpty()).toList();
        List<Octets> authorities = ofCertificates.stream()
                .flatMap(side -> (side.authorities().isEmpty() ? certificates.anchors() : side.authorities()).stream())
                .map(Certificate::publicKeyHash)
                .distinct()
                .toList();
        return new CertificateRequest(
                authorities.size() > MAX_AUTHORITIES ? List.of() : authorities,
                !ofCertificates.isEmpty(),
                ofCertificates.size() < asking.size());
    }

    /** Those of the sides that prove themselves with public keys. */
    static List<PublicKeyAuth> sides(List<AuthConfig> remotes) {
        return remotes.stream()
                .flatMap(remote -> remote.rounds().stream())
                .filter(remote -> remote.method() == AuthConfig.Method.PUBKEY)
                .map(AuthConfig::publicKey)
                .toList();
    }

    static boolean isIn(InboundMessage message) {
        return !message.all(CertReqPayload.class).isEmpty();
    }

    /** The CAs that a message names, all payloads together. */
    static List<Octets> authorities(InboundMessage message) {
        return message.all(CertReqPayload.class).stream()
                .filter(payload -> payload.encoding() == CertPayload.X509_SIGNATURE)
                .map(CertReqPayload::authorities)
                .flatMap(hashes -> IntStream.range(0, hashes.length() / HASH_LENGTH)
                        .mapToObj(i -> hashes.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH)))
                .limit(MOST_HEARD)
                .toList();
    }

    List<Payload> payloads() {
        List<Payload> payloads = new ArrayList<>();
        if (ofCertificates) {
            payloads.add(new CertReqPayload(CertPayload.X509_SIGNATURE, join(authorities)));
        }
        if (ofRawKeys) {
            payloads.add(new CertReqPayload(CertPayload.RAW_PUBLIC_KEY, Octets.EMPTY));
        }
        return payloads;
    }

    static Octets join(List<Octets> hashes) {
        byte[] joined = new byte[hashes.size() * HASH_LENGTH];
        int at = 0;
        for (Octets hash : hashes) {
            hash.copyTo(joined, at);
            at += HASH_LENGTH;
        }
        return Octets.wrap(joined);
    }
}
