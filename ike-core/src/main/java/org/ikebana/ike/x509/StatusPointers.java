package org.ikebana.ike.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * Where a certificate says that its status is to be had.
 *
 * @param lists RFC 5280 4.2.1.13
 * @param deltas RFC 5280 4.2.1.15
 * @param responders URIs of OCSP (RFC 6960 3.1)
 */
record StatusPointers(List<DistributionPoint> lists, List<DistributionPoint> deltas, List<String> responders) {
    static final StatusPointers NONE = new StatusPointers(List.of(), List.of(), List.of());

    StatusPointers {
        lists = List.copyOf(lists);
        deltas = List.copyOf(deltas);
        responders = List.copyOf(responders);
    }

    static StatusPointers of(Extensions extensions) throws IOException {
        return new StatusPointers(
                DistributionPoint.all(extensions, Extension.cRLDistributionPoints),
                DistributionPoint.all(extensions, Extension.freshestCRL),
                responders(extensions));
    }

    static List<String> uris(List<DistributionPoint> points) {
        return points.stream()
                .flatMap(point -> point.uris().stream())
                .distinct()
                .toList();
    }

    private static List<String> responders(Extensions extensions) {
        List<String> uris = new ArrayList<>();
        AuthorityInformationAccess access = AuthorityInformationAccess.fromExtensions(extensions);
        if (access == null) {
            return uris;
        }
        for (AccessDescription each : access.getAccessDescriptions()) {
            boolean isOcsp = each.getAccessMethod().equals(AccessDescription.id_ad_ocsp);
            if (isOcsp && uris.size() < DistributionPoint.MOST) {
                DistributionPoint.uri(each.getAccessLocation(), uris);
            }
        }
        return uris;
    }
}
