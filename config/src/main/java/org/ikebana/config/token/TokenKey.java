package org.ikebana.config.token;

import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.EcdsaValue;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;

/** A private key that never leaves its token. */
final class TokenKey implements SigningKey {
    private final TokenSession session;
    private final Octets handle;
    private final VerifyingKey publicKey;

    TokenKey(TokenSession session, Octets handle, VerifyingKey publicKey) {
        this.session = session;
        this.handle = handle;
        this.publicKey = publicKey;
    }

    @Override
    public VerifyingKey publicKey() {
        return publicKey;
    }

    @Override
    public Optional<String> token() {
        return Optional.of(session.toString());
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] message, SecureRandom random) throws UnusableKeyException {
        SignatureScheme scheme = algorithm.scheme();
        if (scheme.keyType() != publicKey.type()) {
            throw new UnusableKeyException("a key of " + publicKey + " cannot sign by " + scheme);
        }
        Mechanism mechanism =
                Mechanism.of(scheme).orElseThrow(() -> new UnusableKeyException("no token signs by " + scheme));
        try {
            byte[] value = session.sign(handle, mechanism, Mechanism.data(scheme, message));
            return publicKey
                    .curve()
                    .flatMap(curve -> EcdsaValue.ofRaw(curve, value))
                    .map(EcdsaValue::toDer)
                    .orElse(value);
        } catch (TokenException e) {
            throw new UnusableKeyException("the token with handle " + handle + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "private key " + handle + " on a token, " + publicKey;
    }
}
