package org.ikebana.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 8) of the Java platform. */
record PlatformRsa(SignatureScheme scheme) implements SignatureAlgorithm {
    private static final int TRAILER_FIELD = 1;

    @Override
    public boolean verify(VerifyingKey key, byte[] message, byte[] signature) {
        if (key.type() != KeyType.RSA) {
            return false;
        }
        try {
            Signature rsa = algorithm();
            rsa.initVerify(key.rsa());
            rsa.update(message);
            return rsa.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            return false; // of another length than the modulus, or a key too short for the digest
        } catch (GeneralSecurityException e) {
            throw notWorking(e);
        }
    }

    @Override
    public byte[] sign(SoftwareKey key, byte[] message, SecureRandom random) throws UnusableKeyException {
        try {
            Signature rsa = algorithm();
            rsa.initSign(key.rsa(), random);
            rsa.update(message);
            return rsa.sign();
        } catch (SignatureException | InvalidKeyException e) {
            throw new UnusableKeyException("a key of " + key.publicKey() + " cannot sign by " + scheme, e);
        } catch (GeneralSecurityException e) {
            throw notWorking(e);
        }
    }

    private Signature algorithm() throws GeneralSecurityException {
        String hash = scheme.hash().platformName();
        if (!scheme.isPss()) {
            return Signature.getInstance(hash.replace("-", "") + "withRSA");
        }
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), scheme.hash().length(), TRAILER_FIELD));
        return pss;
    }

    private IllegalStateException notWorking(GeneralSecurityException cause) {
        return new IllegalStateException(
                "the Java platform does not compute " + scheme + ": is the runtime complete?", cause);
    }
}
