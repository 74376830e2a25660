package org.ikebana.ike.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/**
 * A private key in memory. The numbers it is made of belong to the libraries, which cannot wipe them; the encoded key
 * is its caller's to wipe.
 */
public final class SoftwareKey implements SigningKey {
    private final VerifyingKey publicKey;
    private final @Nullable AsymmetricKeyParameter parameters;
    private final @Nullable RSAPrivateCrtKey rsa;
    private final KeyForms forms = new KeyForms();

    private SoftwareKey(
            VerifyingKey publicKey, @Nullable AsymmetricKeyParameter parameters, @Nullable RSAPrivateCrtKey rsa) {
        this.publicKey = publicKey;
        this.parameters = parameters;
        this.rsa = rsa;
    }

    /**
     * From PKCS #8 (RFC 5958), or the older forms of RSA (RFC 8017 A.1.2) and of curves (RFC 5915).
     *
     * @param encoded DER, not encrypted
     */
    public static SoftwareKey decode(Secret encoded) throws UnusableKeyException {
        try {
            PrivateKeyInfo info = info(ASN1Sequence.getInstance(encoded.bytes()));
            KeyKind kind = KeyKind.of(info.getPrivateKeyAlgorithm());
            if (kind.type() == KeyType.RSA) {
                RSAPrivateCrtKey key = RsaKeys.privateKey(RSAPrivateKey.getInstance(info.parsePrivateKey()));
                return new SoftwareKey(VerifyingKey.ofRsa(key.getModulus(), key.getPublicExponent()), null, key);
            }
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
            return new SoftwareKey(VerifyingKey.of(kind, publicKey(key)), key, null);
        } catch (IOException | RuntimeException e) {
            // Nothing of the key is to be repeated in a message.
            throw new UnusableKeyException("a malformed private key");
        }
    }

    @Override
    public VerifyingKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] message, SecureRandom random) throws UnusableKeyException {
        if (algorithm.scheme().keyType() != publicKey.type()) {
            throw new UnusableKeyException("a key of " + publicKey + " cannot sign by " + algorithm.scheme());
        }
        return algorithm.sign(this, message, random);
    }

    /** This key as another library takes it, made once. */
    public <T> T as(Class<T> form, Supplier<T> maker) {
        return forms.get(form, maker);
    }

    /** As PKCS #8 in DER; the caller closes it. */
    public Secret encoded() {
        try {
            return Secret.wrap(
                    rsa != null
                            ? rsa.getEncoded()
                            : PrivateKeyInfoFactory.createPrivateKeyInfo(parameters())
                                    .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a key that has been decoded is always encoded", e);
        }
    }

    AsymmetricKeyParameter parameters() {
        if (parameters == null) {
            throw new IllegalStateException(this + " is for the Java platform");
        }
        return parameters;
    }

    RSAPrivateCrtKey rsa() {
        if (rsa == null) {
            throw new IllegalStateException(this + " is no RSA key");
        }
        return rsa;
    }

    @Override
    public String toString() {
        return "private key, " + publicKey;
    }

    /** PKCS #8 has the algorithm in second place, the older forms have a number or an octet string there. */
    private static PrivateKeyInfo info(ASN1Sequence key) throws IOException {
        if (key.getObjectAt(1) instanceof ASN1Sequence) {
            return PrivateKeyInfo.getInstance(key);
        }
        if (key.size() >= 9) {
            var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(key));
        }
        ECPrivateKey ec = ECPrivateKey.getInstance(key);
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, ec.getParametersObject()), ec);
    }

    private static AsymmetricKeyParameter publicKey(AsymmetricKeyParameter key) throws UnusableKeyException {
        return switch (key) {
            case ECPrivateKeyParameters ec ->
                new ECPublicKeyParameters(
                        new FixedPointCombMultiplier()
                                .multiply(ec.getParameters().getG(), ec.getD()),
                        ec.getParameters());
            case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
            case Ed448PrivateKeyParameters ed -> ed.generatePublicKey();
            case MLDSAPrivateKeyParameters mlDsa -> mlDsa.getPublicKeyParameters();
            default -> throw new UnusableKeyException("a private key of a kind that is not supported");
        };
    }
}
