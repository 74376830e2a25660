package org.ikebana.ike.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.PathFinder;
import org.ikebana.ike.x509.PathRules;

/**
 * Which public key is the peer's: one that the configuration gives, or that of a certificate for its identity which it
 * sent, or which lies here, and which is trusted or has a path to a CA that is.
 */
public final class PeerKey {
    /** Certificates of a peer that are looked at, the first being its own. */
    public static final int MAX_CERTIFICATES = 16;

    private final PublicKeyAuth wanted;
    private final Certificates known;
    private final Instant now;

    public PeerKey(PublicKeyAuth wanted, Certificates known, Instant now) {
        this.wanted = wanted;
        this.known = known;
        this.now = now;
    }

    /**
     * @param sent certificates that came with the message, not trusted
     * @return keys to try, at least one
     */
    public List<VerifyingKey> of(Identity peer, List<Certificate> sent) throws UntrustedPeerException {
        if (!wanted.publicKeys().isEmpty()) {
            return wanted.publicKeys();
        }
        List<Certificate> matching = candidates(sent).stream()
                .filter(certificate -> CertificateIdentities.includes(certificate, peer))
                .toList();
        if (matching.isEmpty()) {
            throw new UntrustedPeerException(nobody(peer, sent));
        }
        List<String> faults = new ArrayList<>();
        List<VerifyingKey> keys = new ArrayList<>();
        for (Certificate certificate : matching) {
            String fault = fault(certificate, sent);
            if (fault.isEmpty()) {
                keys.add(certificate.publicKey());
            } else if (!faults.contains(fault)) {
                faults.add(fault);
            }
        }
        if (keys.isEmpty()) {
            throw new UntrustedPeerException(String.join("; ", faults));
        }
        return keys;
    }

    /** The peer's own certificate comes first (RFC 7296 3.6); what lies here serves peers that send none. */
    private List<Certificate> candidates(List<Certificate> sent) {
        if (!wanted.certificates().isEmpty()) {
            return wanted.certificates();
        }
        return sent.isEmpty() ? known.endEntities() : List.of(sent.getFirst());
    }

    private String nobody(Identity peer, List<Certificate> sent) {
        if (sent.isEmpty() && wanted.certificates().isEmpty()) {
            return "it sent no certificate, and none for it lies here";
        }
        String names = candidates(sent).stream()
                .flatMap(certificate -> CertificateIdentities.of(certificate).stream())
                .map(Identity::toString)
                .limit(MAX_CERTIFICATES)
                .collect(Collectors.joining(", "));
        return "its certificate is for " + names + ", not for " + peer;
    }

    /** Why the certificate is not trusted; empty if it is. */
    private String fault(Certificate certificate, List<Certificate> sent) {
        if (!wanted.chain().accepts(certificate.publicKey())) {
            return "its certificate has a key of " + certificate.publicKey() + ", which remote.auth does not accept";
        }
        if (isTrustedAsItIs(certificate)) {
            return now.isAfter(certificate.notAfter()) || now.isBefore(certificate.notBefore())
                    ? "the certificate of " + certificate + " is valid from " + certificate.notBefore() + " to "
                            + certificate.notAfter() + " only"
                    : "";
        }
        if (certificate.unfitForIke().isPresent()) {
            return "the certificate of " + certificate + " is not for IKE: "
                    + certificate.unfitForIke().get();
        }
        PathRules rules = new PathRules(now, wanted.policies(), wanted.chain()::accepts);
        PathFinder finder = new PathFinder(
                known.anchors(),
                Stream.concat(sent.stream(), known.authorities().stream()).toList(),
                rules,
                path -> wanted.authorities().isEmpty() || path.contains(wanted.authorities()));
        return finder.find(certificate).isPresent() ? "" : finder.fault();
    }

    private boolean isTrustedAsItIs(Certificate certificate) {
        return wanted.authorities().isEmpty()
                && (wanted.certificates().contains(certificate)
                        || known.endEntities().contains(certificate));
    }
}
