package org.ikebana.daemon.authority;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/** Requests for certificates (PKCS #10, RFC 2986). */
public final class Requests {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private Requests() {}

    /**
     * What is asked for.
     *
     * @param password to revoke it with later (RFC 2985 5.4.1); empty for none
     */
    public record Wish(X500Name subject, List<GeneralName> altNames, List<Purpose> purposes, String password) {
        public Wish {
            altNames = List.copyOf(altNames);
            purposes = List.copyOf(purposes);
        }
    }

    public static PKCS10CertificationRequest make(Wish wish, SigningKey key, Signing signing, SecureRandom random)
            throws AuthorityException {
        var info = SubjectPublicKeyInfo.getInstance(key.publicKey().encoded().toByteArray());
        var builder = new PKCS10CertificationRequestBuilder(wish.subject(), info);
        if (!wish.password().isEmpty()) {
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_challengePassword,
                    DERPrintableString.isPrintableString(wish.password())
                            ? new DERPrintableString(wish.password())
                            : new DERUTF8String(wish.password()));
        }
        ExtensionsGenerator extensions = extensions(wish);
        if (!extensions.isEmpty()) {
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        try {
            return builder.build(new SchemeSigner(key, signing.scheme(key.publicKey()), random));
        } catch (RuntimeOperatorException e) {
            throw new AuthorityException("the key cannot sign: " + e.getMessage());
        }
    }

    /** The key that is to be certified, of which the request must show possession. */
    public static VerifyingKey publicKey(PKCS10CertificationRequest request) throws AuthorityException {
        try {
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(request.getSubjectPublicKeyInfo()))) {
                throw new AuthorityException(
                        "the request is not signed by the key that it is for; have it made anew by the key's owner");
            }
            return VerifyingKey.decode(
                    Octets.wrap(request.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER)));
        } catch (OperatorCreationException | PKCSException | IOException | UnusableKeyException e) {
            throw new AuthorityException("the request is for a key that cannot be used: " + e.getMessage());
        }
    }

    public static List<GeneralName> altNames(PKCS10CertificationRequest request) {
        Extensions extensions = request.getRequestedExtensions();
        GeneralNames names =
                extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        return names == null ? List.of() : List.of(names.getNames());
    }

    /** Those that have a word; others are not certified. */
    public static List<Purpose> purposes(PKCS10CertificationRequest request) {
        Extensions extensions = request.getRequestedExtensions();
        ExtendedKeyUsage usage = extensions == null ? null : ExtendedKeyUsage.fromExtensions(extensions);
        return usage == null
                ? List.of()
                : List.of(usage.getUsages()).stream()
                        .flatMap(oid -> Purpose.of(oid).stream())
                        .toList();
    }

    private static ExtensionsGenerator extensions(Wish wish) {
        try {
            var extensions = new ExtensionsGenerator();
            if (!wish.altNames().isEmpty()) {
                extensions.addExtension(
                        Extension.subjectAlternativeName,
                        wish.subject().getRDNs().length == 0,
                        new GeneralNames(wish.altNames().toArray(GeneralName[]::new)));
            }
            KeyPurposeId[] oids = wish.purposes().stream()
                    .flatMap(purpose -> purpose.oid().stream())
                    .toArray(KeyPurposeId[]::new);
            if (oids.length > 0) {
                extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(oids));
            }
            return extensions;
        } catch (IOException e) {
            throw new IllegalStateException("An extension that was just made can be encoded", e);
        }
    }
}
