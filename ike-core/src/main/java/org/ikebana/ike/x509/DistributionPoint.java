package org.ikebana.ike.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Where revocation lists are published (RFC 5280 4.2.1.13).
 *
 * @param names GeneralNames in DER
 * @param uris those names that are URIs, of any scheme
 * @param isIndirect somebody else than the certificate's issuer signs the lists
 */
record DistributionPoint(Set<Octets> names, List<String> uris, boolean isIndirect) {
    /** More points of one certificate, and more names of one point, are not read. */
    static final int MOST = 16;
    /** In characters; a longer URI is passed over. */
    static final int MAX_URI = 1024;

    DistributionPoint {
        names = Set.copyOf(names);
        uris = List.copyOf(uris);
    }

    /** @param extension cRLDistributionPoints or freshestCRL */
    static List<DistributionPoint> all(Extensions extensions, ASN1ObjectIdentifier extension) throws IOException {
        Extension found = extensions.getExtension(extension);
        List<DistributionPoint> points = new ArrayList<>();
        if (found == null) {
            return points;
        }
        for (var point : CRLDistPoint.getInstance(found.getParsedValue()).getDistributionPoints()) {
            if (points.size() < MOST) {
                DistributionPointName name = point.getDistributionPoint();
                points.add(of(name, point.getCRLIssuer() != null));
            }
        }
        return List.copyOf(points);
    }

    /** @param name null where only an issuer of lists is named */
    static DistributionPoint of(@Nullable DistributionPointName name, boolean isIndirect) throws IOException {
        Set<Octets> names = new LinkedHashSet<>();
        List<String> uris = new ArrayList<>();
        if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
            for (GeneralName each : GeneralNames.getInstance(name.getName()).getNames()) {
                if (names.size() < MOST) {
                    names.add(Octets.wrap(each.getEncoded("DER")));
                    uri(each, uris);
                }
            }
        }
        return new DistributionPoint(names, uris, isIndirect);
    }

    static void uri(GeneralName name, List<String> uris) {
        if (name.getTagNo() == GeneralName.uniformResourceIdentifier) {
            String uri = ASN1IA5String.getInstance(name.getName()).getString();
            if (uri.length() <= MAX_URI) {
                uris.add(uri);
            }
        }
    }
}
