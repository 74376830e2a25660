package org.ikebana.daemon.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * What a revocation list says (RFC 5280 5).
 *
 * @param validity {@code thisUpdate} and {@code nextUpdate}
 * @param last whose lines are taken over, and after whose number this one's comes
 * @param base of which this one is the delta (RFC 5280 5.2.4)
 * @param freshestUris where delta lists are
 */
public record RevocationList(
        Validity validity,
        List<Revocation> revocations,
        Optional<X509CRLHolder> last,
        Optional<X509CRLHolder> base,
        List<String> freshestUris) {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    public RevocationList {
        revocations = List.copyOf(revocations);
        freshestUris = List.copyOf(freshestUris);
    }

    public X509CRLHolder signedBy(Issuer issuer) throws AuthorityException {
        var builder = new X509v2CRLBuilder(issuer.name(), validity.beginDate());
        builder.setNextUpdate(validity.endDate());
        Set<BigInteger> revokedAnew = new HashSet<>();
        for (Revocation revocation : revocations) {
            if (!revokedAnew.add(revocation.serial())) {
                throw new AuthorityException(
                        "the certificate with serial " + revocation.serial().toString(16) + " is given twice");
            }
            builder.addCRLEntry(
                    revocation.serial(),
                    Date.from(revocation.date()),
                    revocation.reason().code());
        }
        try {
            if (last.isPresent()) {
                takeOver(requireOf(issuer, last.get()), revokedAnew, builder);
            }
            builder.addExtension(Extension.authorityKeyIdentifier, false, issuer.authorityKeyIdentifier());
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(nextNumber()));
            if (base.isPresent()) {
                BigInteger number = number(requireOf(issuer, base.get()));
                builder.addExtension(Extension.deltaCRLIndicator, true, new CRLNumber(number));
            }
            if (!freshestUris.isEmpty()) {
                builder.addExtension(Extension.freshestCRL, false, CertificateContent.distributionPoints(freshestUris));
            }
            return builder.build(issuer.signer());
        } catch (IOException e) {
            throw new IllegalStateException("An extension that was just made can be encoded", e);
        } catch (RuntimeOperatorException e) {
            throw new AuthorityException("the key cannot sign: " + e.getMessage());
        }
    }

    /** 0 where it has none. */
    public static BigInteger number(X509CRLHolder list) {
        Extension number = list.getExtension(Extension.cRLNumber);
        return number == null
                ? BigInteger.ZERO
                : ASN1Integer.getInstance(number.getParsedValue()).getPositiveValue();
    }

    public static List<X509CRLEntryHolder> entries(X509CRLHolder list) {
        Collection<?> untyped = list.getRevokedCertificates();
        return untyped.stream().map(X509CRLEntryHolder.class::cast).toList();
    }

    private BigInteger nextNumber() {
        BigInteger ofLast = last.map(RevocationList::number).orElse(BigInteger.ZERO);
        BigInteger ofBase = base.map(RevocationList::number).orElse(BigInteger.ZERO);
        return ofLast.max(ofBase).add(BigInteger.ONE);
    }

    /** A line that says the same certificate anew stands for the older one. */
    private static void takeOver(X509CRLHolder last, Set<BigInteger> revokedAnew, X509v2CRLBuilder builder) {
        for (X509CRLEntryHolder entry : entries(last)) {
            if (!revokedAnew.contains(entry.getSerialNumber())) {
                if (entry.getExtensions() == null) {
                    builder.addCRLEntry(entry.getSerialNumber(), entry.getRevocationDate(), 0);
                } else {
                    builder.addCRLEntry(entry.getSerialNumber(), entry.getRevocationDate(), entry.getExtensions());
                }
            }
        }
    }

    private static X509CRLHolder requireOf(Issuer issuer, X509CRLHolder list) throws AuthorityException {
        try {
            var key = SubjectPublicKeyInfo.getInstance(
                    issuer.publicKey().encoded().toByteArray());
            if (list.getIssuer().equals(issuer.name())
                    && list.isSignatureValid(new JcaContentVerifierProviderBuilder()
                            .setProvider(PROVIDER)
                            .build(key))) {
                return list;
            }
        } catch (CertException | OperatorCreationException e) {
            throw new AuthorityException(
                    "the signature of the older revocation list cannot be verified: " + e.getMessage());
        }
        throw new AuthorityException("the older revocation list is of " + Names.text(list.getIssuer())
                + " or was not signed by this CA's key; give the last one of this CA");
    }
}
