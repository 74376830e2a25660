package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.DigitalSignature;
import org.ikebana.ike.crypto.EcdsaCurve;
import org.ikebana.ike.crypto.EcdsaValue;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.SignatureOrder.Outcome;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.Octets;

/** Makes the AUTH payload with a private key (RFC 7427 3, RFC 7296 3.8, RFC 4754 3). */
record Signing(CryptoRegistry crypto, SecureRandom random, OutsideSignatures outside) {
    AuthPayload sign(SignatureChoice way, byte[] octets) throws ExchangeException {
        SigningKey key = way.own().key();
        byte[] value = value(key, way.scheme(), octets);
        if (way.method() == AuthMethod.DIGITAL_SIGNATURE) {
            DigitalSignature signature = new DigitalSignature(way.scheme().algorithmIdentifier(), Octets.wrap(value));
            return new AuthPayload(AuthMethod.DIGITAL_SIGNATURE, signature.encode());
        }
        return new AuthPayload(way.method(), Octets.wrap(raw(key, value)));
    }

    private static byte[] raw(SigningKey key, byte[] value) {
        Optional<EcdsaCurve> curve = key.publicKey().curve();
        return curve.isPresent() ? EcdsaValue.ofDer(value).orElseThrow().toRaw(curve.get()) : value;
    }

    private byte[] value(SigningKey key, SignatureScheme scheme, byte[] octets) throws ExchangeException {
        SignatureAlgorithm algorithm = crypto.signature(scheme).orElseThrow(() -> failed(scheme + " is switched off"));
        SignatureOrder order = new SignatureOrder(key, algorithm, Octets.wrap(octets), random);
        return switch (outside.of(order)) {
            case Outcome.Signed signed -> signed.value().toByteArray();
            case Outcome.Refused refused -> throw failed(order + " cannot sign: " + refused.why());
        };
    }

    private static ExchangeException failed(String sentence) {
        return new ExchangeException(new Failure.AuthenticationFailed(sentence, Optional.empty()));
    }
}
