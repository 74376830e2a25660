package org.ikebana.ike.task;

import java.util.List;
import java.util.Set;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.wire.Octets;

/**
 * What a peer has said of how it can be convinced, before it has to be.
 *
 * @param hashes that it verifies signatures with by method 14; empty if it does not know that method (RFC 7427 4)
 * @param asksForCertificates it sent a CERTREQ
 * @param authorities that it named there, by SHA-1 of their public keys; empty for any
 * @param asksForStatus it wants OCSP responses with them (RFC 4806)
 * @param announced the methods that it accepts (RFC 9593)
 */
public record PeerSignatures(
        Set<HashAlgorithm> hashes,
        boolean asksForCertificates,
        List<Octets> authorities,
        boolean asksForStatus,
        AnnouncedMethods announced) {
    public static final PeerSignatures NONE =
            new PeerSignatures(Set.of(), false, List.of(), false, AnnouncedMethods.NONE);

    public PeerSignatures {
        hashes = Set.copyOf(hashes);
        authorities = List.copyOf(authorities);
    }

    /** After a message with CERTREQ payloads, or without. */
    PeerSignatures asking(InboundMessage message) {
        return CertificateRequest.isIn(message)
                ? new PeerSignatures(
                        hashes, true, CertificateRequest.authorities(message), StatusRequest.isIn(message), announced)
                : this;
    }

    public PeerSignatures announcing(AnnouncedMethods methods) {
        return methods.isSaid()
                ? new PeerSignatures(hashes, asksForCertificates, authorities, asksForStatus, methods)
                : this;
    }
}
