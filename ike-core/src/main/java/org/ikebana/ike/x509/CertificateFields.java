package org.ikebana.ike.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.ikebana.ike.crypto.AlgorithmIdentifiers;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** What a certificate says, read out of it. */
record CertificateFields(
        BigInteger serialNumber,
        DirectoryName subject,
        DirectoryName issuer,
        Instant notBefore,
        Instant notAfter,
        Octets publicKeyInfo,
        Optional<SignatureScheme> signatureScheme,
        List<AltName> altNames,
        Octets subjectKeyIdentifier,
        Octets authorityKeyIdentifier,
        CertificateUsage usage,
        StatusPointers statusPointers) {
    /** More names in one certificate are not read. */
    private static final int MAX_ALT_NAMES = 256;

    static CertificateFields read(Octets encoded) throws UnusableCertificateException {
        try {
            var certificate = org.bouncycastle.asn1.x509.Certificate.getInstance(
                    ASN1Primitive.fromByteArray(encoded.toByteArray()));
            return read(certificate);
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle refuses malformed ASN.1 with exceptions of many kinds.
            throw new UnusableCertificateException("a malformed certificate");
        }
    }

    private static CertificateFields read(org.bouncycastle.asn1.x509.Certificate certificate) throws IOException {
        TBSCertificate body = certificate.getTBSCertificate();
        if (!body.getSignature().equals(certificate.getSignatureAlgorithm())) {
            throw new IOException("two signature algorithms (RFC 5280 4.1.1.2)");
        }
        @Nullable Extensions extensions = body.getExtensions();
        return new CertificateFields(
                body.getSerialNumber().getValue(),
                DirectoryName.of(body.getSubject()),
                DirectoryName.of(body.getIssuer()),
                body.getStartDate().getDate().toInstant(),
                body.getEndDate().getDate().toInstant(),
                der(body.getSubjectPublicKeyInfo()),
                AlgorithmIdentifiers.decode(der(certificate.getSignatureAlgorithm())),
                extensions == null ? List.of() : altNames(extensions),
                extensions == null ? Octets.EMPTY : subjectKeyIdentifier(extensions),
                extensions == null ? Octets.EMPTY : authorityKeyIdentifier(extensions),
                CertificateUsage.of(extensions),
                extensions == null ? StatusPointers.NONE : StatusPointers.of(extensions));
    }

    private static List<AltName> altNames(Extensions extensions) throws IOException {
        GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        List<AltName> found = new ArrayList<>();
        if (names == null) {
            return found;
        }
        for (GeneralName name : names.getNames()) {
            if (found.size() == MAX_ALT_NAMES) {
                throw new IOException("too many names");
            }
            altName(name).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static Optional<AltName> altName(GeneralName name) throws IOException {
        return switch (name.getTagNo()) {
            case GeneralName.rfc822Name -> Optional.of(new AltName(AltName.Kind.RFC822_NAME, characters(name)));
            case GeneralName.dNSName -> Optional.of(new AltName(AltName.Kind.DNS_NAME, characters(name)));
            case GeneralName.directoryName ->
                Optional.of(new AltName(AltName.Kind.DIRECTORY_NAME, der(name.getName())));
            case GeneralName.iPAddress ->
                Optional.of(new AltName(
                        AltName.Kind.IP_ADDRESS,
                        Octets.wrap(ASN1OctetString.getInstance(name.getName()).getOctets())));
            default -> Optional.empty();
        };
    }

    private static Octets characters(GeneralName name) {
        return Octets.wrap(ASN1IA5String.getInstance(name.getName()).getOctets());
    }

    private static Octets subjectKeyIdentifier(Extensions extensions) {
        SubjectKeyIdentifier identifier = SubjectKeyIdentifier.fromExtensions(extensions);
        return identifier == null ? Octets.EMPTY : Octets.wrap(identifier.getKeyIdentifier());
    }

    private static Octets authorityKeyIdentifier(Extensions extensions) {
        AuthorityKeyIdentifier identifier = AuthorityKeyIdentifier.fromExtensions(extensions);
        byte[] key = identifier == null ? null : identifier.getKeyIdentifierOctets();
        return key == null ? Octets.EMPTY : Octets.wrap(key);
    }

    private static Octets der(ASN1Encodable value) throws IOException {
        return Octets.wrap(value.toASN1Primitive().getEncoded("DER"));
    }
}
