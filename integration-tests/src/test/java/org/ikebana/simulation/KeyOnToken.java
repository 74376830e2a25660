package org.ikebana.simulation;

import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.environment.Place;

/** A private key on a token, which takes as long as its {@linkplain Host#takes host} says. */
final class KeyOnToken implements SigningKey {
    static final Place.Token PLACE = new Place.Token("safe");

    private final SoftwareKey key;
    private int signatures;
    private boolean isLocked;

    KeyOnToken(SoftwareKey key) {
        this.key = key;
    }

    /** It refuses to sign from now on. */
    void lock() {
        isLocked = true;
    }

    int signatures() {
        return signatures;
    }

    @Override
    public VerifyingKey publicKey() {
        return key.publicKey();
    }

    @Override
    public Optional<String> token() {
        return Optional.of(PLACE.name());
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, byte[] message, SecureRandom random) throws UnusableKeyException {
        if (isLocked) {
            throw new UnusableKeyException("CKR_PIN_LOCKED");
        }
        signatures++;
        return key.sign(algorithm, message, random);
    }
}
