package org.ikebana.ike.x509;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Bouncy Castle's PKIX (RFC 5280 6), as the platform's knows neither Brainpool's curves nor certificates with ML-DSA.
 * The provider is not registered: nothing else in the process changes.
 */
final class Pkix {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private Pkix() {}

    static CertificateFactory certificateFactory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509", PROVIDER);
    }

    /**
     * Signatures, validity, names, path length, policies and critical extensions, from the anchor on. Revocation is not
     * looked at.
     *
     * @param path without its anchor, the end entity first
     * @return why it is not valid; empty if it is
     */
    static Optional<String> fault(List<Certificate> path, Certificate anchor, PathRules rules) {
        try {
            CertPath certPath = certificateFactory()
                    .generateCertPath(path.stream().map(Certificate::x509).toList());
            CertPathValidator.getInstance("PKIX", PROVIDER).validate(certPath, parameters(anchor, rules));
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            int index = e.getIndex();
            String where = index >= 0 && index < path.size() ? " at " + path.get(index) : "";
            return Optional.of(reason(e) + where);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Bouncy Castle meets some malformed extensions here only.
            return Optional.of(reason(e));
        }
    }

    private static PKIXParameters parameters(Certificate anchor, PathRules rules)
            throws InvalidAlgorithmParameterException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor.x509(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(rules.now()));
        if (!rules.policies().isEmpty()) {
            parameters.setInitialPolicies(rules.policies());
            parameters.setExplicitPolicyRequired(true);
        }
        return parameters;
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        String detail = cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
                ? ""
                : " (" + cause.getMessage() + ")";
        return (message + detail).replaceAll("[^ -~]", "?");
    }
}
