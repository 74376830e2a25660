package org.ikebana.ike.x509;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.HashAlgorithm;

/**
 * Whose signature an OCSP response needs (RFC 6960 4.2.2.2): that of the certificate's issuer, of a responder that this
 * issuer itself has certified for it, or of one that the configuration trusts. Whether the responder's own certificate has
 * been revoked is asked later, see {@link OcspResponse#delegate}.
 *
 * @param trusted by the configuration
 */
record OcspSigner(Certificate issuer, List<Certificate> trusted, Instant now) {
    /**
     * @param sent certificates of the response
     * @param isResponder whether the response says that it is of this one
     */
    Certificate find(List<Certificate> sent, Predicate<Certificate> isResponder) throws UnusableStatusException {
        Optional<Certificate> known = Stream.concat(Stream.of(issuer), trusted.stream())
                .filter(isResponder)
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        Certificate delegate = sent.stream()
                .filter(isResponder)
                .findFirst()
                .orElseThrow(() -> new UnusableStatusException(
                        "its responder's certificate is neither in it nor in the folder x509ocsp"));
        checkDelegate(delegate);
        return delegate;
    }

    private void checkDelegate(Certificate delegate) throws UnusableStatusException {
        if (!delegate.maySignOcsp()) {
            throw new UnusableStatusException(
                    "its responder " + delegate + " has no extended key usage of OCSPSigning (RFC 6960 4.2.2.2)");
        }
        if (!delegate.issuer().equals(issuer.subject())) {
            throw new UnusableStatusException("its responder " + delegate + " is certified by " + delegate.issuer()
                    + ", not by " + issuer + "; put its certificate into the folder x509ocsp to trust it");
        }
        PathRules rules = new PathRules(now, Set.of(), scheme -> scheme.hash() != HashAlgorithm.SHA1);
        PathFinder finder = new PathFinder(List.of(issuer), List.of(), rules, path -> true);
        if (finder.find(delegate).isEmpty()) {
            throw new UnusableStatusException("its responder is not trusted: " + finder.fault());
        }
    }
}
