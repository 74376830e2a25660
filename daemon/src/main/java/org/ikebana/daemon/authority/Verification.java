package org.ikebana.daemon.authority;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.PathFinder;
import org.ikebana.ike.x509.PathRules;
import org.ikebana.ike.x509.TrustPath;

/** Whether a certificate is good: its path as the daemon looks for it, and whether given lists revoke it. */
public final class Verification {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final Instant now;
    private final List<String> findings = new ArrayList<>();

    public Verification(Instant now) {
        this.now = now;
    }

    /**
     * Looks for a path over the authorities to one of them that signed itself.
     *
     * @param lists DER encodings; of each certificate only its issuer's count
     * @return why it is not good; empty if it is
     */
    public Optional<String> fault(Certificate certificate, List<Certificate> authorities, List<byte[]> lists) {
        List<Certificate> anchors =
                authorities.stream().filter(Certificate::isSelfIssued).toList();
        PathRules rules = new PathRules(now, Set.of(), scheme -> scheme.hash() != HashAlgorithm.SHA1);
        if (anchors.contains(certificate)) {
            findings.add("it is one of the trusted CAs itself");
            return Optional.empty();
        }
        PathFinder finder = new PathFinder(anchors, authorities, rules, path -> true);
        Optional<TrustPath> path = finder.find(certificate);
        if (path.isEmpty()) {
            return Optional.of(finder.fault());
        }
        try {
            return lists.isEmpty() ? Optional.empty() : revocation(path.get(), lists(lists));
        } catch (GeneralSecurityException e) {
            return Optional.of("a revocation list is malformed: " + e.getMessage());
        }
    }

    /** What was found on the way, a sentence each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    private Optional<String> revocation(TrustPath path, List<X509CRL> lists) throws GeneralSecurityException {
        List<Certificate> certificates = path.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            Certificate issuer = i + 1 < certificates.size() ? certificates.get(i + 1) : path.anchor();
            X509Certificate authority = x509(issuer);
            List<X509CRL> own = lists.stream()
                    .filter(list -> list.getIssuerX500Principal().equals(authority.getSubjectX500Principal()))
                    .toList();
            if (own.isEmpty()) {
                findings.add("no revocation list of " + issuer + " was given: whether " + certificates.get(i)
                        + " is revoked was not checked");
                continue;
            }
            Optional<String> fault = fault(certificates.get(i), authority, own);
            if (fault.isPresent()) {
                return fault;
            }
            findings.add(certificates.get(i) + " is not revoked");
        }
        return Optional.empty();
    }

    /** Bouncy Castle's PKIX with a path of one: signature, age and scope of the lists are looked at there. */
    private Optional<String> fault(Certificate certificate, X509Certificate issuer, List<X509CRL> lists)
            throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
        parameters.setDate(Date.from(now));
        parameters.setRevocationEnabled(true);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists), PROVIDER));
        try {
            CertPathValidator.getInstance("PKIX", PROVIDER)
                    .validate(factory().generateCertPath(List.of(x509(certificate))), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(certificate + ": " + Names.printable(String.valueOf(e.getMessage())));
        }
    }

    private static List<X509CRL> lists(List<byte[]> encoded) throws GeneralSecurityException {
        List<X509CRL> lists = new ArrayList<>();
        for (byte[] each : encoded) {
            lists.add((X509CRL) factory().generateCRL(new ByteArrayInputStream(each)));
        }
        return lists;
    }

    private static X509Certificate x509(Certificate certificate) throws GeneralSecurityException {
        return (X509Certificate) factory()
                .generateCertificate(
                        new ByteArrayInputStream(certificate.encoded().toByteArray()));
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509", PROVIDER);
    }
}
