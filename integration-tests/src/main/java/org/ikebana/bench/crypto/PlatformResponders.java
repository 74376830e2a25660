package org.ikebana.bench.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;

/** Key exchange by the Java platform's own provider. */
final class PlatformResponders {
    private static final int EXPONENT_BITS = 256;

    private PlatformResponders() {}

    static Responder curve25519(SecureRandom random) throws GeneralSecurityException {
        return responder(
                "X25519",
                "X25519",
                NamedParameterSpec.X25519,
                random,
                peer -> new XECPublicKeySpec(NamedParameterSpec.X25519, littleEndian(peer)));
    }

    static Responder ecp(String curve, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve), random);
        ECParameterSpec parameters = ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams();
        return responder(
                "EC",
                "ECDH",
                new ECGenParameterSpec(curve),
                random,
                peer -> new ECPublicKeySpec(point(peer), parameters));
    }

    static Responder modp2048(SecureRandom random) throws GeneralSecurityException {
        DHParameters group = DHStandardGroups.rfc3526_2048;
        return responder(
                "DH",
                "DH",
                new DHParameterSpec(group.getP(), group.getG(), EXPONENT_BITS),
                random,
                peer -> new DHPublicKeySpec(new BigInteger(1, peer), group.getP(), group.getG()));
    }

    private static Responder responder(
            String keyAlgorithm,
            String agreementAlgorithm,
            AlgorithmParameterSpec parameters,
            SecureRandom random,
            Function<byte[], KeySpec> peerKey)
            throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(keyAlgorithm);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
        generator.initialize(parameters, random);
        return peer -> {
            KeyPair own = generator.generateKeyPair();
            KeyAgreement agreement = KeyAgreement.getInstance(agreementAlgorithm);
            agreement.init(own.getPrivate());
            agreement.doPhase(factory.generatePublic(peerKey.apply(peer)), true);
            return agreement.generateSecret();
        };
    }

    private static BigInteger littleEndian(byte[] octets) {
        byte[] reversed = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            reversed[i] = octets[octets.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static ECPoint point(byte[] value) {
        int half = value.length / 2;
        return new ECPoint(
                new BigInteger(1, Arrays.copyOf(value, half)),
                new BigInteger(1, Arrays.copyOfRange(value, half, value.length)));
    }
}
