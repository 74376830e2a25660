package org.ikebana.crypto.conscrypt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.ikebana.ike.crypto.EcdsaCurve;
import org.ikebana.ike.crypto.EcdsaValue;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.ProvidedSignature;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;

/** RSA, and ECDSA on the curves of NIST, with keys that BoringSSL takes. These stay in its form with ours, so that none is read twice. */
record JcaSignature(SignatureScheme scheme, String jcaName, Provider provider) implements ProvidedSignature {
    private record PublicForm(Optional<PublicKey> key) {}

    private record PrivateForm(Optional<PrivateKey> key) {}

    @Override
    public boolean takes(VerifyingKey key) {
        boolean isOnNistCurve = key.curve()
                .filter(curve -> curve == EcdsaCurve.P_256 || curve == EcdsaCurve.P_384 || curve == EcdsaCurve.P_521)
                .isPresent();
        return (key.type() == KeyType.RSA || isOnNistCurve) && form(key).isPresent();
    }

    @Override
    public boolean verify(VerifyingKey key, byte[] message, byte[] signature) {
        if (key.type() != scheme.keyType() || !isWellFormed(signature)) {
            return false;
        }
        Optional<PublicKey> form = form(key);
        if (form.isEmpty()) {
            return false;
        }
        try {
            Signature algorithm = Signature.getInstance(jcaName, provider);
            algorithm.initVerify(form.get());
            algorithm.update(message);
            return algorithm.verify(signature);
        } catch (SignatureException e) {
            return false; // of another length than the modulus
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Conscrypt does not verify by " + scheme, e);
        }
    }

    @Override
    public byte[] sign(SoftwareKey key, byte[] message, SecureRandom random) throws UnusableKeyException {
        Optional<PrivateKey> form = key.as(PrivateForm.class, () -> new PrivateForm(privateKey(key)))
                .key();
        if (form.isEmpty()) {
            throw new UnusableKeyException("Conscrypt does not take a key of " + key.publicKey());
        }
        try {
            Signature algorithm = Signature.getInstance(jcaName, provider);
            algorithm.initSign(form.get());
            algorithm.update(message);
            return algorithm.sign();
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException("a key of " + key.publicKey() + " cannot sign by " + scheme, e);
        }
    }

    /** BoringSSL is as strict, but not about every length. */
    private boolean isWellFormed(byte[] signature) {
        return scheme.keyType() != KeyType.ECDSA || EcdsaValue.ofDer(signature).isPresent();
    }

    private KeyFactory factory(KeyType type) throws GeneralSecurityException {
        return KeyFactory.getInstance(type == KeyType.ECDSA ? "EC" : "RSA", provider);
    }

    private Optional<PublicKey> form(VerifyingKey key) {
        return key.as(PublicForm.class, () -> new PublicForm(publicKey(key))).key();
    }

    private Optional<PublicKey> publicKey(VerifyingKey key) {
        try {
            return Optional.of(factory(key.type())
                    .generatePublic(new X509EncodedKeySpec(key.encoded().toByteArray())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<PrivateKey> privateKey(SoftwareKey key) {
        try (Secret encoded = key.encoded()) {
            return Optional.of(
                    factory(key.publicKey().type()).generatePrivate(new PKCS8EncodedKeySpec(encoded.bytes())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
