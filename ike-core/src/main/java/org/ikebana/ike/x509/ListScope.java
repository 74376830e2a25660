package org.ikebana.ike.x509;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.ikebana.ike.wire.Octets;

/**
 * Of which certificates a revocation list speaks (RFC 5280 5.2.5).
 *
 * @param point it is for this distribution point alone; empty for all certificates of its issuer
 * @param encoded the extension in DER; a delta list has the same as what it amends
 */
record ListScope(
        Optional<DistributionPoint> point,
        boolean ofUsersOnly,
        boolean ofAuthoritiesOnly,
        boolean ofAttributesOnly,
        boolean ofSomeReasonsOnly,
        boolean isIndirect,
        Octets encoded) {
    private static final ListScope ALL =
            new ListScope(Optional.empty(), false, false, false, false, false, Octets.EMPTY);

    static ListScope of(Extensions extensions) throws IOException {
        Extension extension = extensions.getExtension(Extension.issuingDistributionPoint);
        if (extension == null) {
            return ALL;
        }
        IssuingDistributionPoint read = IssuingDistributionPoint.getInstance(extension.getParsedValue());
        boolean isNamed = read.getDistributionPoint() != null;
        return new ListScope(
                isNamed ? Optional.of(DistributionPoint.of(read.getDistributionPoint(), false)) : Optional.empty(),
                read.onlyContainsUserCerts(),
                read.onlyContainsCACerts(),
                read.onlyContainsAttributeCerts(),
                read.getOnlySomeReasons() != null,
                read.isIndirectCRL(),
                Octets.wrap(extension.getExtnValue().getOctets()));
    }

    static ListScope all() {
        return ALL;
    }

    /** Why a list of this scope says nothing of the certificate; empty if it does (RFC 5280 6.3.3 (b)(2)). */
    Optional<String> leavesOut(Certificate certificate) {
        if (ofAttributesOnly
                || ofUsersOnly && certificate.isAuthority()
                || ofAuthoritiesOnly && !certificate.isAuthority()) {
            return Optional.of("it is not for certificates of this kind");
        }
        boolean isOfPoint = point.isEmpty()
                || certificate.distributionPoints().stream()
                        .filter(own -> !own.isIndirect())
                        .anyMatch(
                                own -> own.names().stream().anyMatch(point.get().names()::contains));
        return isOfPoint
                ? Optional.empty()
                : Optional.of("it is for another distribution point than the certificate's");
    }
}
