package org.ikebana.ike.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/** A public key that verifies signatures. Immutable. */
public final class VerifyingKey {
    private final Octets encoded;
    private final KeyType type;
    private final int bits;
    private final @Nullable EcdsaCurve curve;
    private final @Nullable AsymmetricKeyParameter parameters;
    private final @Nullable RSAPublicKey rsa;
    private final KeyForms forms = new KeyForms();

    private VerifyingKey(
            Octets encoded,
            KeyType type,
            int bits,
            @Nullable EcdsaCurve curve,
            @Nullable AsymmetricKeyParameter parameters,
            @Nullable RSAPublicKey rsa) {
        this.encoded = encoded;
        this.type = type;
        this.bits = bits;
        this.curve = curve;
        this.parameters = parameters;
        this.rsa = rsa;
    }

    /**
     * @param subjectPublicKeyInfo in DER (RFC 5280 4.1.2.7, RFC 8410, RFC 9881)
     * @throws UnusableKeyException for what is malformed, for other kinds of keys and curves, and for sizes out of
     *     bounds
     */
    public static VerifyingKey decode(Octets subjectPublicKeyInfo) throws UnusableKeyException {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.toByteArray());
            KeyKind kind = KeyKind.of(info.getAlgorithm());
            if (kind.type() == KeyType.RSA) {
                return ofRsa(subjectPublicKeyInfo, RsaKeys.publicKey(info));
            }
            return of(subjectPublicKeyInfo, kind, PublicKeyFactory.createKey(info));
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle refuses malformed keys with exceptions of many kinds.
            throw new UnusableKeyException("a malformed public key: " + e.getMessage(), e);
        }
    }

    static VerifyingKey of(KeyKind kind, AsymmetricKeyParameter parameters) throws UnusableKeyException {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(parameters);
            return of(Octets.wrap(info.getEncoded("DER")), kind, parameters);
        } catch (IOException e) {
            throw new UnusableKeyException("a public key that cannot be encoded: " + e.getMessage(), e);
        }
    }

    static VerifyingKey ofRsa(BigInteger modulus, BigInteger exponent) throws UnusableKeyException {
        RSAPublicKey key = RsaKeys.publicKey(modulus, exponent);
        return ofRsa(Octets.wrap(key.getEncoded()), key);
    }

    public KeyType type() {
        return type;
    }

    /** The strength that constraints are about: of RSA the modulus, of curves the field, of ML-DSA the public key. */
    public int bits() {
        return bits;
    }

    /** Of an ECDSA key. */
    public Optional<EcdsaCurve> curve() {
        return Optional.ofNullable(curve);
    }

    /** The SubjectPublicKeyInfo in DER. */
    public Octets encoded() {
        return encoded;
    }

    /** This key as another library takes it, made once. */
    public <T> T as(Class<T> form, Supplier<T> maker) {
        return forms.get(form, maker);
    }

    AsymmetricKeyParameter parameters() {
        if (parameters == null) {
            throw new IllegalStateException(this + " is for the Java platform");
        }
        return parameters;
    }

    RSAPublicKey rsa() {
        if (rsa == null) {
            throw new IllegalStateException(this + " is no RSA key");
        }
        return rsa;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** {@code RSA of 2048 bits}, {@code ECDSA on P-256}, {@code Ed25519}. */
    @Override
    public String toString() {
        return switch (type) {
            case RSA -> "RSA of " + bits + " bits";
            case ECDSA -> "ECDSA on " + curve;
            default -> type.toString();
        };
    }

    private static VerifyingKey of(Octets encoded, KeyKind kind, AsymmetricKeyParameter parameters) {
        return new VerifyingKey(encoded, kind.type(), kind.bits(), kind.curve(), parameters, null);
    }

    private static VerifyingKey ofRsa(Octets encoded, RSAPublicKey key) {
        return new VerifyingKey(encoded, KeyType.RSA, key.getModulus().bitLength(), null, null, key);
    }
}
