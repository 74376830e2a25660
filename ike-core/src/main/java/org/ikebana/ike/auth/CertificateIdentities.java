package org.ikebana.ike.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.x509.AltName;
import org.ikebana.ike.x509.Certificate;

/**
 * Who a certificate is for: its subject and its subjectAltNames, each of its own type (RFC 4945 3.1). A common name is
 * no domain name, as little as with strongSwan.
 */
public final class CertificateIdentities {
    private CertificateIdentities() {}

    /** The subject first, unless it is empty. */
    public static List<Identity> of(Certificate certificate) {
        List<Identity> identities = new ArrayList<>();
        Identity subject =
                new Identity(IdType.DER_ASN1_DN, certificate.subject().encoded());
        if (subject.data().length() > 2) {
            identities.add(subject);
        }
        certificate.altNames().forEach(name -> identities.add(identity(name)));
        return List.copyOf(identities);
    }

    /**
     * Whether it is for this identity, or one of those that a pattern stands for. A key ID is its key identifier, or the SHA-1 of its
     * key, its SubjectPublicKeyInfo or itself. strongSwan takes the serial number, too, which another CA's certificate may have.
     */
    public static boolean includes(Certificate certificate, Identity identity) {
        if (identity.type() == IdType.KEY_ID) {
            return Stream.of(
                            certificate.subjectKeyIdentifier(),
                            certificate.publicKeyHash(),
                            certificate.keyIdentifier(),
                            certificate.fingerprint())
                    .anyMatch(name -> !name.isEmpty() && name.equals(identity.data()));
        }
        return of(certificate).stream().anyMatch(own -> own.matches(identity));
    }

    private static Identity identity(AltName name) {
        int type = switch (name.kind()) {
            case RFC822_NAME -> IdType.RFC822_ADDR;
            case DNS_NAME -> IdType.FQDN;
            case DIRECTORY_NAME -> IdType.DER_ASN1_DN;
            case IP_ADDRESS -> name.value().length() == 4 ? IdType.IPV4_ADDR : IdType.IPV6_ADDR;
        };
        return new Identity(type, name.value());
    }
}
