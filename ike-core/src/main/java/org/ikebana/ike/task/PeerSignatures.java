package org.ikebana.ike.task;

import java.util.Set;
import org.ikebana.ike.crypto.HashAlgorithm;

/**
 * What a peer has said of signatures before IKE_AUTH.
 *
 * @param hashes that it verifies signatures with by method 14; empty if it does not know that method (RFC 7427 4)
 * @param asksForCertificates it sent a CERTREQ
 */
public record PeerSignatures(Set<HashAlgorithm> hashes, boolean asksForCertificates) {
    public static final PeerSignatures NONE = new PeerSignatures(Set.of(), false);

    public PeerSignatures {
        hashes = Set.copyOf(hashes);
    }
}
