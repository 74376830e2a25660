package org.ikebana.daemon.authority;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.ikebana.ike.crypto.KeyIdentifiers;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/** Who signs certificates and revocation lists. */
public final class Issuer {
    private final X500Name name;
    private final byte[] keyIdentifier;
    private final SigningKey key;
    private final Signing signing;
    private final SecureRandom random;

    private Issuer(X500Name name, byte[] keyIdentifier, SigningKey key, Signing signing, SecureRandom random) {
        this.name = name;
        this.keyIdentifier = keyIdentifier;
        this.key = key;
        this.signing = signing;
        this.random = random;
    }

    /** @throws AuthorityException for a certificate that may not issue others, and for one of another key */
    public static Issuer of(Certificate authority, SigningKey key, Signing signing, SecureRandom random)
            throws AuthorityException {
        if (!authority.publicKey().equals(key.publicKey())) {
            throw new AuthorityException("the private key is not the one of the CA certificate of " + authority
                    + ": that has a key of " + authority.publicKey() + ", this one is of " + key.publicKey());
        }
        if (!authority.isAuthority()) {
            throw new AuthorityException(
                    "the certificate of " + authority + " is not one of a CA; make one with 'ikebana pki self --ca'");
        }
        Octets identifier = authority.subjectKeyIdentifier();
        return new Issuer(
                X500Name.getInstance(authority.subject().encoded().toByteArray()),
                identifier.isEmpty() ? KeyIdentifiers.of(key.publicKey()).ofKey() : identifier.toByteArray(),
                key,
                signing,
                random);
    }

    /** Who signs for himself. */
    public static Issuer itself(X500Name name, SigningKey key, Signing signing, SecureRandom random) {
        return new Issuer(name, KeyIdentifiers.of(key.publicKey()).ofKey(), key, signing, random);
    }

    public X509CertificateHolder issue(CertificateContent content, VerifyingKey subjectKey) throws AuthorityException {
        if (content.subject().getRDNs().length == 0 && content.altNames().isEmpty()) {
            throw new AuthorityException("a certificate is for somebody; say for whom with --dn or --san");
        }
        var builder = new X509v3CertificateBuilder(
                name,
                content.serial(),
                content.validity().beginDate(),
                content.validity().endDate(),
                content.subject(),
                SubjectPublicKeyInfo.getInstance(subjectKey.encoded().toByteArray()));
        try {
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new SubjectKeyIdentifier(KeyIdentifiers.of(subjectKey).ofKey()));
            builder.addExtension(Extension.authorityKeyIdentifier, false, authorityKeyIdentifier());
            Extensions extensions = content.extensions();
            for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
                builder.addExtension(extensions.getExtension(oid));
            }
            return builder.build(signer());
        } catch (IOException e) {
            throw new IllegalStateException("An extension that was just made can be encoded", e);
        } catch (RuntimeOperatorException e) {
            throw new AuthorityException("the key cannot sign: " + e.getMessage());
        }
    }

    X500Name name() {
        return name;
    }

    AuthorityKeyIdentifier authorityKeyIdentifier() {
        return new AuthorityKeyIdentifier(keyIdentifier);
    }

    VerifyingKey publicKey() {
        return key.publicKey();
    }

    SchemeSigner signer() throws AuthorityException {
        return new SchemeSigner(key, signing.scheme(key.publicKey()), random);
    }
}
