package org.ikebana.ike.x509;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/** An X.509 certificate (RFC 5280). Immutable; two are equal if their octets are. */
public final class Certificate {
    /** In octets. One with a key of ML-DSA-87, signed by another, has about 8,000. */
    public static final int MAX_LENGTH = 32_768;

    private final Octets encoded;
    private final CertificateFields fields;
    private final VerifyingKey publicKey;
    private final X509Certificate x509;
    private final Octets publicKeyHash;

    private Certificate(Octets encoded, CertificateFields fields, VerifyingKey publicKey, X509Certificate x509) {
        this.encoded = encoded;
        this.fields = fields;
        this.publicKey = publicKey;
        this.x509 = x509;
        this.publicKeyHash = sha1(publicKey.encoded().toByteArray());
    }

    /**
     * Reads all of it that is ever looked at, so that what is malformed shows here and nowhere else.
     *
     * @param encoded DER
     */
    public static Certificate decode(Octets encoded) throws UnusableCertificateException {
        if (encoded.length() > MAX_LENGTH) {
            throw new UnusableCertificateException(
                    "a certificate of " + encoded.length() + " octets; at most " + MAX_LENGTH + " are read");
        }
        CertificateFields fields = CertificateFields.read(encoded);
        try {
            VerifyingKey key = VerifyingKey.decode(fields.publicKeyInfo());
            return new Certificate(encoded, fields, key, x509(encoded));
        } catch (UnusableKeyException e) {
            throw new UnusableCertificateException("the certificate of " + fields.subject() + " has " + e.getMessage());
        }
    }

    /** In DER, as it came. */
    public Octets encoded() {
        return encoded;
    }

    /** By which, and by its name, an issuer knows it. */
    public BigInteger serialNumber() {
        return fields.serialNumber();
    }

    public DirectoryName subject() {
        return fields.subject();
    }

    public DirectoryName issuer() {
        return fields.issuer();
    }

    public List<AltName> altNames() {
        return fields.altNames();
    }

    public VerifyingKey publicKey() {
        return publicKey;
    }

    /** SHA-1 of the SubjectPublicKeyInfo, 20 octets: what CERTREQ names a certification authority by (RFC 7296 3.7). */
    public Octets publicKeyHash() {
        return publicKeyHash;
    }

    /** SHA-1 of the subjectPublicKey, 20 octets, as most CAs make the key identifier (RFC 5280 4.2.1.2). */
    public Octets keyIdentifier() {
        return sha1(SubjectPublicKeyInfo.getInstance(publicKey.encoded().toByteArray())
                .getPublicKeyData()
                .getOctets());
    }

    /** SHA-1 of all of it, 20 octets. */
    public Octets fingerprint() {
        return sha1(encoded.toByteArray());
    }

    /** Empty where it has none. */
    public Octets subjectKeyIdentifier() {
        return fields.subjectKeyIdentifier();
    }

    /** Empty where it has none. */
    Octets authorityKeyIdentifier() {
        return fields.authorityKeyIdentifier();
    }

    public Instant notBefore() {
        return fields.notBefore();
    }

    public Instant notAfter() {
        return fields.notAfter();
    }

    /** Why it does not hold at that time, to be put after its name; empty if it does. */
    public Optional<String> outOfDate(Instant now) {
        if (now.isBefore(notBefore())) {
            return Optional.of(
                    "is not valid before " + notBefore() + ", and now it is " + now + "; is the clock right?");
        }
        return now.isAfter(notAfter()) ? Optional.of("has expired on " + notAfter()) : Optional.empty();
    }

    /** Whether it may sign certificates: basic constraints say so, and a key usage, if there is one. */
    public boolean isAuthority() {
        return fields.usage().isAuthority();
    }

    public boolean isSelfIssued() {
        return subject().equals(issuer());
    }

    /** By names and key identifiers; whether it has signed it is for {@link PathFinder} to find out. */
    public boolean mayHaveIssued(Certificate other) {
        return isAuthority()
                && subject().equals(other.issuer())
                && (subjectKeyIdentifier().isEmpty()
                        || other.authorityKeyIdentifier().isEmpty()
                        || subjectKeyIdentifier().equals(other.authorityKeyIdentifier()));
    }

    /** How its issuer signed it; empty for what is never accepted, MD5 and ECDSA with SHA-1 among it. */
    public Optional<SignatureScheme> signatureScheme() {
        return fields.signatureScheme();
    }

    /** URIs of the revocation lists that may hold it, in its order; of any scheme. */
    public List<String> listUris() {
        return StatusPointers.uris(fields.statusPointers().lists());
    }

    /** URIs of the delta lists to these. */
    public List<String> deltaUris() {
        return StatusPointers.uris(fields.statusPointers().deltas());
    }

    /** URIs of OCSP responders that know its status. */
    public List<String> ocspUris() {
        return fields.statusPointers().responders();
    }

    List<DistributionPoint> distributionPoints() {
        return fields.statusPointers().lists();
    }

    boolean maySignLists() {
        return fields.usage().maySignLists();
    }

    boolean maySignOcsp() {
        return fields.usage().maySignOcsp();
    }

    /** Of an OCSP responder: id-pkix-ocsp-nocheck. */
    boolean isNeverRevoked() {
        return fields.usage().isNeverRevoked();
    }

    /** Why it may not authenticate an IKE peer; empty if it may (RFC 4945 5.1.3.2 and 5.1.3.12). */
    public Optional<String> unfitForIke() {
        return fields.usage().unfitForIke();
    }

    X509Certificate x509() {
        return x509;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** Its subject, for people. */
    @Override
    public String toString() {
        return subject().toString();
    }

    private static Octets sha1(byte[] octets) {
        try {
            return Octets.wrap(MessageDigest.getInstance("SHA-1").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java platform offers no SHA-1", e);
        }
    }

    private static X509Certificate x509(Octets encoded) throws UnusableCertificateException {
        try {
            return (X509Certificate)
                    Pkix.certificateFactory().generateCertificate(new ByteArrayInputStream(encoded.toByteArray()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UnusableCertificateException("a malformed certificate");
        }
    }
}
