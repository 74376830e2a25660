package org.ikebana.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ikebana.config.credential.CredentialFile;
import org.ikebana.config.credential.UnreadableException;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.RevocationList;

/** Certificates and revocation lists that have come one by one. Not thread-safe. */
final class LoadedCertificates {
    final Set<Certificate> authorities = new LinkedHashSet<>();
    final Set<Certificate> endEntities = new LinkedHashSet<>();
    final Set<Certificate> responders = new LinkedHashSet<>();
    final Set<RevocationList> lists = new LinkedHashSet<>();

    /**
     * @param type {@code X509}, {@code X509_CRL} or {@code PUBKEY}, of which the last is looked at alone: a connection brings its own
     * @param flag of a certificate: {@code NONE}, {@code CA}, {@code OCSP}, {@code ANY}; empty for the first
     */
    void add(String type, String flag, Octets encoded) throws UnreadableException {
        byte[] content = encoded.toByteArray();
        switch (type.toUpperCase(Locale.ROOT)) {
            case "X509" -> addCertificates(flag, CredentialFile.certificates(content));
            case "X509_CRL" -> lists.addAll(CredentialFile.lists(content));
            case "PUBKEY" -> CredentialFile.publicKey(content);
            default -> throw new UnreadableException("certificates of type '" + type + "' are not used in IKEv2");
        }
    }

    void clear() {
        authorities.clear();
        endEntities.clear();
        responders.clear();
        lists.clear();
    }

    private void addCertificates(String flag, List<Certificate> certificates) throws UnreadableException {
        switch (flag.toUpperCase(Locale.ROOT)) {
            case "", "NONE" -> endEntities.addAll(certificates);
            case "CA" -> {
                for (Certificate certificate : certificates) {
                    if (!certificate.isAuthority()) {
                        throw new UnreadableException("the certificate of " + certificate + " is not of a CA");
                    }
                }
                authorities.addAll(certificates);
            }
            case "OCSP" -> responders.addAll(certificates);
            case "ANY" ->
                certificates.forEach(
                        certificate -> (certificate.isAuthority() ? authorities : endEntities).add(certificate));
            default -> throw new UnreadableException("certificates with flag '" + flag + "' are not used in IKEv2");
        }
    }
}
