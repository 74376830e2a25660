package org.ikebana.daemon.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a certificate says, beside its key and who signed it.
 *
 * @param subject may be empty where there are altNames
 * @param authority whether it is one of a CA
 * @param pathLength CAs that may lie below it
 * @param crlUris where its CA's revocation list is
 * @param ocspUris where its CA's OCSP responder is
 */
public record CertificateContent(
        X500Name subject,
        List<GeneralName> altNames,
        Validity validity,
        BigInteger serial,
        boolean authority,
        OptionalInt pathLength,
        Set<Purpose> purposes,
        List<String> crlUris,
        List<String> ocspUris) {
    public CertificateContent {
        altNames = List.copyOf(altNames);
        purposes = Set.copyOf(purposes);
        crlUris = List.copyOf(crlUris);
        ocspUris = List.copyOf(ocspUris);
    }

    /** Those that do not depend on keys. */
    Extensions extensions() {
        try {
            var extensions = new ExtensionsGenerator();
            if (authority) {
                extensions.addExtension(
                        Extension.basicConstraints,
                        true,
                        pathLength.isPresent()
                                ? new BasicConstraints(pathLength.getAsInt())
                                : new BasicConstraints(true));
            }
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage()));
            addUnlessEmpty(
                    extensions,
                    Extension.subjectAlternativeName,
                    altNames,
                    new GeneralNames(altNames.toArray(GeneralName[]::new)),
                    subject.getRDNs().length == 0);
            List<KeyPurposeId> extended = purposes.stream()
                    .flatMap(purpose -> purpose.oid().stream())
                    .sorted(java.util.Comparator.comparing(KeyPurposeId::getId))
                    .toList();
            addUnlessEmpty(
                    extensions,
                    Extension.extendedKeyUsage,
                    extended,
                    new ExtendedKeyUsage(extended.toArray(KeyPurposeId[]::new)),
                    false);
            addUnlessEmpty(extensions, Extension.cRLDistributionPoints, crlUris, distributionPoints(crlUris), false);
            addUnlessEmpty(extensions, Extension.authorityInfoAccess, ocspUris, responders(), false);
            return extensions.generate();
        } catch (IOException e) {
            throw new IllegalStateException("An extension that was just made can be encoded", e);
        }
    }

    static CRLDistPoint distributionPoints(List<String> uris) {
        return new CRLDistPoint(uris.stream()
                .map(uri -> new DistributionPoint(
                        new DistributionPointName(
                                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri))),
                        null,
                        null))
                .toArray(DistributionPoint[]::new));
    }

    /** RFC 5280 4.2.1.3; RFC 4945 5.1.3.2 for the keys of IKE. */
    private int keyUsage() {
        int ofAuthority = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
        return ofAuthority | (purposes.contains(Purpose.CRL_SIGN) ? KeyUsage.cRLSign : 0);
    }

    private ASN1Encodable responders() {
        return new AuthorityInformationAccess(ocspUris.stream()
                .map(uri -> new AccessDescription(
                        AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, uri)))
                .toArray(AccessDescription[]::new));
    }

    private static void addUnlessEmpty(
            ExtensionsGenerator extensions,
            ASN1ObjectIdentifier oid,
            List<?> values,
            ASN1Encodable extension,
            boolean critical)
            throws IOException {
        if (!values.isEmpty()) {
            extensions.addExtension(oid, critical, extension);
        }
    }
}
