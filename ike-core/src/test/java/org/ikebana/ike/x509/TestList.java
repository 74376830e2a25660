package org.ikebana.ike.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** A revocation list of a test's own, right or wrong, being made. */
public final class TestList {
    /** Of what the list says of the certificates in it. */
    public static final Instant REVOKED = Instant.parse("1969-12-31T12:00:00Z");

    private final TestAuthority authority;
    private final X509v2CRLBuilder builder;
    private final List<String> points = new ArrayList<>();
    private boolean ofUsers;
    private boolean ofAuthorities;
    private boolean isIndirect;
    private @Nullable ReasonFlags reasons;

    private TestList(TestAuthority authority, Instant from, Instant to) {
        this.authority = authority;
        this.builder = new X509v2CRLBuilder(authority.name(), Date.from(from));
        builder.setNextUpdate(Date.from(to));
    }

    public static TestList of(TestAuthority authority, Instant from, Instant to) {
        return new TestList(authority, from, to);
    }

    /** @param reason a CRLReason (RFC 5280 5.3.1) */
    public TestList revoke(Certificate certificate, int reason) {
        return revoke(certificate.serialNumber(), reason);
    }

    TestList revoke(BigInteger serialNumber, int reason) {
        builder.addCRLEntry(serialNumber, Date.from(REVOKED), reason);
        return this;
    }

    public TestList number(long number) {
        return with(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
    }

    /** Makes it a delta list. */
    public TestList amending(long base) {
        return with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base)));
    }

    TestList criticalEntry(BigInteger serialNumber) {
        try {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.certificateIssuer, true, new GeneralNames(new GeneralName(authority.name())));
            builder.addCRLEntry(serialNumber, Date.from(REVOKED), extensions.generate());
            return this;
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    TestList unknownCritical() {
        return with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7"), true, new DERSequence());
    }

    /** Names the key that signs it, by which strongSwan finds it. */
    public TestList identified() {
        return with(
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(
                        authority.certificate().keyIdentifier().toByteArray()));
    }

    public TestList deltaAt(String uri) {
        return with(Extension.freshestCRL, false, distributionPoints(uri));
    }

    /** @param octets by which it is longer, for nothing */
    public TestList padded(int octets) {
        return with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.8"), false, new DEROctetString(new byte[octets]));
    }

    TestList forPoint(String uri) {
        points.add(uri);
        return this;
    }

    TestList forUsers() {
        ofUsers = true;
        return this;
    }

    TestList forAuthorities() {
        ofAuthorities = true;
        return this;
    }

    TestList indirect() {
        isIndirect = true;
        return this;
    }

    TestList forCompromiseOnly() {
        reasons = new ReasonFlags(ReasonFlags.keyCompromise);
        return this;
    }

    public static CRLDistPoint distributionPoints(String... uris) {
        return new CRLDistPoint(List.of(uris).stream()
                .map(uri -> new DistributionPoint(name(uri), null, null))
                .toArray(DistributionPoint[]::new));
    }

    /** Signed by the authority, in DER. */
    public Octets encoded() {
        return encoded(authority.signer());
    }

    Octets encoded(ContentSigner signer) {
        try {
            boolean isScoped = !points.isEmpty() || ofUsers || ofAuthorities || isIndirect || reasons != null;
            if (isScoped) {
                DistributionPointName point = points.isEmpty() ? null : name(points.toArray(String[]::new));
                builder.addExtension(
                        Extension.issuingDistributionPoint,
                        true,
                        new IssuingDistributionPoint(point, ofUsers, ofAuthorities, reasons, isIndirect, false));
            }
            return Octets.wrap(builder.build(signer).getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private TestList with(
            ASN1ObjectIdentifier extension, boolean isCritical, org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            builder.addExtension(extension, isCritical, value);
            return this;
        } catch (CertIOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static DistributionPointName name(String... uris) {
        return new DistributionPointName(new GeneralNames(List.of(uris).stream()
                .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                .toArray(GeneralName[]::new)));
    }
}
