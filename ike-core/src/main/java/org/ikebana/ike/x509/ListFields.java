package org.ikebana.ike.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.cert.X509CRLHolder;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What a revocation list says (RFC 5280 5.1), read out of it.
 *
 * @param number counts those of one scope; empty where the issuer does not count
 * @param amends of a delta list (RFC 5280 5.2.4) the number of the complete list from which on it is complete
 * @param nextUpdate when its issuer makes another one
 * @param deltaUris where delta lists to it are (RFC 5280 5.2.6)
 * @param revocations by serial number
 */
record ListFields(
        DirectoryName issuer,
        Optional<BigInteger> number,
        Optional<BigInteger> amends,
        Instant thisUpdate,
        Instant nextUpdate,
        ListScope scope,
        List<String> deltaUris,
        Map<BigInteger, Revocation> revocations,
        StatusSignature signature) {
    private static final Set<ASN1ObjectIdentifier> KNOWN =
            Set.of(Extension.issuingDistributionPoint, Extension.deltaCRLIndicator);

    static ListFields read(Octets encoded) throws UnusableStatusException {
        try {
            return read(new X509CRLHolder(encoded.toByteArray()).toASN1Structure());
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle refuses malformed ASN.1 with exceptions of many kinds.
            throw new UnusableStatusException("it is no revocation list, or a malformed one");
        }
    }

    private static ListFields read(CertificateList list) throws IOException, UnusableStatusException {
        TBSCertList body = list.getTBSCertList();
        if (!body.getSignature().equals(list.getSignatureAlgorithm())) {
            throw new UnusableStatusException("it names two signature algorithms (RFC 5280 5.1.1.2)");
        }
        if (body.getNextUpdate() == null) {
            throw new UnusableStatusException("it does not say when the next one comes (RFC 5280 5.1.2.5)");
        }
        @Nullable Extensions extensions = body.getExtensions();
        if (extensions != null) {
            checkCritical(extensions);
        }
        return new ListFields(
                DirectoryName.of(body.getIssuer()),
                integer(extensions, Extension.cRLNumber),
                integer(extensions, Extension.deltaCRLIndicator),
                body.getThisUpdate().getDate().toInstant(),
                body.getNextUpdate().getDate().toInstant(),
                extensions == null ? ListScope.all() : ListScope.of(extensions),
                extensions == null
                        ? List.of()
                        : StatusPointers.uris(DistributionPoint.all(extensions, Extension.freshestCRL)),
                revocations(body),
                StatusSignature.of(
                        list.getSignatureAlgorithm(),
                        body.getEncoded("DER"),
                        list.getSignature().getOctets()));
    }

    /** RFC 5280 5.2: one that is not understood may change what the list means. */
    private static void checkCritical(Extensions extensions) throws UnusableStatusException {
        for (ASN1ObjectIdentifier each : extensions.getCriticalExtensionOIDs()) {
            if (!KNOWN.contains(each)) {
                throw new UnusableStatusException(
                        "it has the critical extension " + each + ", which is not understood");
            }
        }
    }

    private static Map<BigInteger, Revocation> revocations(TBSCertList body) throws UnusableStatusException {
        Map<BigInteger, Revocation> found = new HashMap<>();
        Enumeration<?> entries = body.getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            TBSCertList.CRLEntry entry = (TBSCertList.CRLEntry) entries.nextElement();
            @Nullable Extensions extensions = entry.getExtensions();
            if (extensions != null && extensions.hasAnyCriticalExtensions()) { // RFC 5280 5.3
                throw new UnusableStatusException("one of its entries has the critical extension "
                        + extensions.getCriticalExtensionOIDs()[0] + ", which is not understood");
            }
            found.put(
                    entry.getUserCertificate().getValue(),
                    new Revocation(entry.getRevocationDate().getDate().toInstant(), reason(extensions)));
        }
        return found;
    }

    private static int reason(@Nullable Extensions extensions) {
        ASN1Encodable reason = extensions == null ? null : extensions.getExtensionParsedValue(Extension.reasonCode);
        return reason == null
                ? Revocation.UNSPECIFIED
                : CRLReason.getInstance(reason).getValue().intValue();
    }

    private static Optional<BigInteger> integer(@Nullable Extensions extensions, ASN1ObjectIdentifier extension) {
        ASN1Encodable value = extensions == null ? null : extensions.getExtensionParsedValue(extension);
        return value == null
                ? Optional.empty()
                : Optional.of(ASN1Integer.getInstance(value).getPositiveValue());
    }
}
