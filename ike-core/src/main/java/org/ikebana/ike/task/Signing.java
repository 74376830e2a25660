package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.DigitalSignature;
import org.ikebana.ike.crypto.EcdsaCurve;
import org.ikebana.ike.crypto.EcdsaValue;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.Octets;

/**
 * Makes the AUTH payload with a private key: by method 14 with a digest that the peer knows (RFC 7427), or, for a peer
 * that knows nothing of it, by methods 1 (RFC 7296 3.8) and 9 to 11 (RFC 4754).
 */
record Signing(CryptoRegistry crypto, SecureRandom random, PeerSignatures peer) {
    AuthPayload sign(SigningKey key, PublicKeyAuth local, byte[] octets) throws ExchangeException {
        List<SignatureScheme> schemes = local.signatures().schemes(key.publicKey());
        return peer.hashes().isEmpty() ? signTheOldWay(key, schemes, octets) : signDigitally(key, schemes, octets);
    }

    private AuthPayload signDigitally(SigningKey key, List<SignatureScheme> schemes, byte[] octets)
            throws ExchangeException {
        for (SignatureScheme scheme : schemes) {
            if (peer.hashes().contains(scheme.hash())) {
                Octets value = Octets.wrap(value(key, scheme, octets));
                DigitalSignature signature = new DigitalSignature(scheme.algorithmIdentifier(), value);
                return new AuthPayload(AuthMethod.DIGITAL_SIGNATURE, signature.encode());
            }
        }
        throw failed("our key of " + key.publicKey() + " may sign by " + schemes + ", the peer verifies "
                + peer.hashes().stream().map(HashAlgorithm::keyword).sorted().toList() + " only");
    }

    private AuthPayload signTheOldWay(SigningKey key, List<SignatureScheme> schemes, byte[] octets)
            throws ExchangeException {
        for (SignatureScheme scheme : schemes) {
            Optional<Integer> method = oldMethod(key.publicKey(), scheme);
            if (method.isPresent()) {
                byte[] value = value(key, scheme, octets);
                return new AuthPayload(method.get(), Octets.wrap(raw(key.publicKey(), value)));
            }
        }
        throw failed("our key of " + key.publicKey() + " needs a peer that knows digital signatures (RFC 7427)");
    }

    /** RSASSA-PKCS1-v1_5 with any digest, and of ECDSA three curves with one each. */
    private static Optional<Integer> oldMethod(VerifyingKey key, SignatureScheme scheme) {
        if (scheme.keyType() == KeyType.RSA && !scheme.isPss()) {
            return Optional.of(AuthMethod.RSA_DIGITAL_SIGNATURE);
        }
        return OldEcdsa.of(key, scheme).map(OldEcdsa::method);
    }

    private static byte[] raw(VerifyingKey key, byte[] value) {
        Optional<EcdsaCurve> curve = key.curve();
        return curve.isPresent() ? EcdsaValue.ofDer(value).orElseThrow().toRaw(curve.get()) : value;
    }

    private byte[] value(SigningKey key, SignatureScheme scheme, byte[] octets) throws ExchangeException {
        try {
            return key.sign(
                    crypto.signature(scheme).orElseThrow(() -> failed(scheme + " is switched off")), octets, random);
        } catch (UnusableKeyException e) {
            throw failed("our key of " + key.publicKey() + " cannot sign: " + e.getMessage());
        }
    }

    private static ExchangeException failed(String sentence) {
        return new ExchangeException(new Failure.AuthenticationFailed(sentence, Optional.empty()));
    }
}
