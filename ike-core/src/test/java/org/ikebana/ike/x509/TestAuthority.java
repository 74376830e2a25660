package org.ikebana.ike.x509;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/** A certification authority of the tests' own, with its certificate; issues others, right and wrong ones. */
public final class TestAuthority {
    public static final Instant BEGIN = Instant.parse("1969-12-31T00:00:00Z");
    public static final Instant END = Instant.parse("2049-01-01T00:00:00Z");

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static long serial;

    private final String name;
    private final KeyPair keys;
    private final Certificate certificate;

    private TestAuthority(String name, KeyPair keys, Certificate certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /** What somebody proves himself with. */
    public record Issued(Certificate certificate, SoftwareKey key, Octets pkcs8) {
        /** In PEM. */
        public String certificatePem() {
            return pem("CERTIFICATE", certificate.encoded());
        }

        /** In PEM. */
        public String keyPem() {
            return pem("PRIVATE KEY", pkcs8);
        }
    }

    /** RFC 7468. */
    public static String pem(String type, Octets encoded) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded.toByteArray())
                + "\n-----END " + type + "-----\n";
    }

    /** Adds to a certificate that is being made. */
    @FunctionalInterface
    public interface Content {
        void addTo(X509v3CertificateBuilder builder) throws CertIOException;

        default Content and(Content other) {
            return builder -> {
                addTo(builder);
                other.addTo(builder);
            };
        }
    }

    /** Signed by itself, on P-256. */
    public static TestAuthority root(String name) {
        KeyPair keys = keys("P-256");
        return new TestAuthority(name, keys, make(name, keys, name, keys, BEGIN, END, ca(-1), "SHA256withECDSA"));
    }

    public Certificate certificate() {
        return certificate;
    }

    /** Its private key, for a program that signs with it. */
    public String keyPem() {
        return pem("PRIVATE KEY", Octets.wrap(keys.getPrivate().getEncoded()));
    }

    X500Name name() {
        return new X500Name(name);
    }

    /** With its key; for what else than certificates it signs. */
    ContentSigner signer() {
        return signer("SHA256withECDSA", keys);
    }

    static ContentSigner signer(String algorithm, KeyPair keys) {
        try {
            return new JcaContentSignerBuilder(algorithm).setProvider(PROVIDER).build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param pathLength how many more may follow; -1 for any */
    public TestAuthority intermediate(String subject, int pathLength) {
        return intermediate(subject, pathLength, builder -> {});
    }

    public TestAuthority intermediate(String subject, int pathLength, Content content) {
        KeyPair own = keys("P-256");
        return new TestAuthority(
                subject,
                own,
                make(
                        subject,
                        own,
                        name,
                        keys,
                        BEGIN,
                        END,
                        ca(pathLength).and(identifiers(own, keys)).and(content),
                        "SHA256withECDSA"));
    }

    /** The same name and key, certified by another. */
    public Certificate crossCertifiedBy(TestAuthority other) {
        return make(name, keys, other.name, other.keys, BEGIN, END, ca(-1), "SHA256withECDSA");
    }

    /** @param key {@code RSA-2048}, {@code P-256}, {@code brainpoolP256r1}, {@code Ed25519}, {@code ML-DSA-65} … */
    public Issued issue(String subject, String key, Content content) {
        return issue(subject, key, BEGIN, END, content, "SHA256withECDSA");
    }

    public Issued issue(String subject, String key, Instant from, Instant to, Content content, String algorithm) {
        KeyPair own = keys(key);
        Certificate made =
                make(subject, own, name, keys, from, to, identifiers(own, keys).and(content), algorithm);
        try {
            byte[] pkcs8 = own.getPrivate().getEncoded();
            return new Issued(made, SoftwareKey.decode(Secret.copyOf(pkcs8)), Octets.wrap(pkcs8));
        } catch (org.ikebana.ike.crypto.UnusableKeyException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** For a key that is elsewhere. */
    public Certificate certify(String subject, VerifyingKey key) {
        try {
            var info = SubjectPublicKeyInfo.getInstance(key.encoded().toByteArray());
            KeyPair own = new KeyPair(BouncyCastleProvider.getPublicKey(info), null);
            return make(subject, own, name, keys, BEGIN, END, identifiers(own, keys), "SHA256withECDSA");
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Content ca(int pathLength) {
        return builder -> {
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        };
    }

    private static Content identifiers(KeyPair subject, KeyPair issuer) {
        return builder -> {
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(hash(subject)));
            builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(hash(issuer)));
        };
    }

    /** RFC 5280 4.2.1.2, method 1, by which others find an issuer that does not say its identifier itself. */
    private static byte[] hash(KeyPair keys) {
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded())
                            .getPublicKeyData()
                            .getOctets());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Certificate make(
            String subject,
            KeyPair own,
            String issuer,
            KeyPair issuing,
            Instant from,
            Instant to,
            Content content,
            String algorithm) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(++serial),
                    Date.from(from),
                    Date.from(to),
                    new X500Name(subject),
                    own.getPublic());
            content.addTo(builder);
            ContentSigner signer = signer(algorithm, issuing);
            return Certificate.decode(Octets.wrap(builder.build(signer).getEncoded()));
        } catch (java.io.IOException | UnusableCertificateException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static KeyPair keys(String kind) {
        try {
            if (kind.startsWith("RSA-")) {
                KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                rsa.initialize(Integer.parseInt(kind.substring(4)));
                return rsa.generateKeyPair();
            }
            if (kind.startsWith("P-") || kind.startsWith("brainpool")) {
                KeyPairGenerator ec = KeyPairGenerator.getInstance("EC", PROVIDER);
                ec.initialize(new ECGenParameterSpec(kind));
                return ec.generateKeyPair();
            }
            return KeyPairGenerator.getInstance(kind, PROVIDER).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
