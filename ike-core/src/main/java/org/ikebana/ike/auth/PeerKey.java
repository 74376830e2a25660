package org.ikebana.ike.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.PathFinder;
import org.ikebana.ike.x509.PathRules;
import org.ikebana.ike.x509.ProvenPaths;
import org.ikebana.ike.x509.TrustPath;

/**
 * Which public key is the peer's: one that the configuration gives, or that of a certificate for its identity which it
 * sent, or which lies here, and which is trusted or has a path to a CA that is.
 */
public final class PeerKey {
    /** Certificates of a peer that are looked at, the first being its own. */
    public static final int MAX_CERTIFICATES = 16;

    private final PublicKeyAuth wanted;
    private final Certificates known;
    private final ProvenPaths proven;
    private final Instant now;

    /** For once, with nothing remembered. */
    public PeerKey(PublicKeyAuth wanted, Certificates known, Instant now) {
        this(wanted, known, new ProvenPaths(), now);
    }

    /** @param proven paths that need not be validated again; found under the anchors of {@code known} */
    public PeerKey(PublicKeyAuth wanted, Certificates known, ProvenPaths proven, Instant now) {
        this.wanted = wanted;
        this.known = known;
        this.proven = proven;
        this.now = now;
    }

    /**
     * @param sent certificates that came with the message, not trusted
     * @return keys to try, at least one
     */
    public List<TrustedKey> of(Identity peer, List<Certificate> sent) throws UntrustedPeerException {
        if (!wanted.publicKeys().isEmpty()) {
            return wanted.publicKeys().stream().map(TrustedKey::raw).toList();
        }
        List<Certificate> matching = candidates(sent).stream()
                .filter(certificate -> CertificateIdentities.includes(certificate, peer))
                .toList();
        if (matching.isEmpty()) {
            throw new UntrustedPeerException(nobody(peer, sent));
        }
        List<String> faults = new ArrayList<>();
        List<TrustedKey> keys = new ArrayList<>();
        for (Certificate certificate : matching) {
            try {
                keys.add(trust(certificate, sent));
            } catch (UntrustedPeerException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        if (keys.isEmpty()) {
            throw new UntrustedPeerException(faults.stream().distinct().collect(Collectors.joining("; ")));
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

    private TrustedKey trust(Certificate certificate, List<Certificate> sent) throws UntrustedPeerException {
        if (!wanted.chain().accepts(certificate.publicKey())) {
            throw new UntrustedPeerException(
                    "its certificate has a key of " + certificate.publicKey() + ", which remote.auth does not accept");
        }
        PathRules rules = new PathRules(now, wanted.policies(), wanted.chain()::accepts);
        PathFinder finder = new PathFinder(
                known.anchors(),
                Stream.concat(sent.stream(), known.authorities().stream()).toList(),
                rules,
                path -> (wanted.authorities().isEmpty() || path.contains(wanted.authorities()))
                        && wanted.authorityId().map(id -> isUnder(path, id)).orElse(true),
                proven);
        if (isTrustedAsItIs(certificate)) {
            return trustAsItIs(certificate, finder);
        }
        if (certificate.unfitForIke().isPresent()) {
            throw new UntrustedPeerException("the certificate of " + certificate + " is not for IKE: "
                    + certificate.unfitForIke().get());
        }
        TrustPath path = finder.find(certificate).orElseThrow(() -> new UntrustedPeerException(finder.fault()));
        return new TrustedKey(certificate.publicKey(), Optional.of(path));
    }

    /** Whether a CA of the path, the anchor included, has this identity; the peer's own certificate comes first in it. */
    private static boolean isUnder(TrustPath path, Identity authority) {
        return Stream.concat(path.certificates().stream().skip(1), Stream.of(path.anchor()))
                .anyMatch(certificate -> CertificateIdentities.includes(certificate, authority));
    }

    /** A CA is not needed for it, but if there is one it may have revoked it. */
    private TrustedKey trustAsItIs(Certificate certificate, PathFinder finder) throws UntrustedPeerException {
        if (now.isAfter(certificate.notAfter()) || now.isBefore(certificate.notBefore())) {
            throw new UntrustedPeerException("the certificate of " + certificate + " is valid from "
                    + certificate.notBefore() + " to " + certificate.notAfter() + " only");
        }
        Optional<TrustPath> path = finder.find(certificate);
        boolean hasUri =
                !certificate.listUris().isEmpty() || !certificate.ocspUris().isEmpty();
        boolean mustBeKnown = !certificate.isSelfIssued()
                && (wanted.revocation() == RevocationPolicy.STRICT
                        || wanted.revocation() == RevocationPolicy.IF_URI && hasUri);
        if (path.isEmpty() && mustBeKnown) {
            throw new UntrustedPeerException("it cannot be known whether the certificate of " + certificate
                    + " has been revoked: " + finder.fault() + "; remote.revocation = " + wanted.revocation()
                    + " wants it known");
        }
        return new TrustedKey(certificate.publicKey(), path);
    }

    private boolean isTrustedAsItIs(Certificate certificate) {
        return wanted.authorities().isEmpty()
                && wanted.authorityId().isEmpty()
                && (wanted.certificates().contains(certificate)
                        || known.endEntities().contains(certificate));
    }
}
