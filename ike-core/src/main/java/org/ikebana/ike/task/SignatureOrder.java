package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.environment.Place;
import org.ikebana.ike.wire.Octets;

/** What is to be signed, and with which key. */
public record SignatureOrder(SigningKey key, SignatureAlgorithm algorithm, Octets octets, SecureRandom random) {
    /** Where those are made that no token makes and that take long. */
    public static final Place SIGNATURES = new Place.Processors("signatures");

    /** What comes of it. */
    public sealed interface Outcome {
        record Signed(Octets value) implements Outcome {}

        /** @param why as part of a sentence */
        record Refused(String why) implements Outcome {}
    }

    /** Where it is to be carried out, if not on the event loop: what RSA takes would keep everybody waiting for a millisecond or more. */
    public Optional<Place> place() {
        return key.token()
                .<Place>map(Place.Token::new)
                .or(() -> key.publicKey().type() == KeyType.RSA ? Optional.of(SIGNATURES) : Optional.empty());
    }

    /** Takes its time; safe outside the event loop. */
    public Outcome carryOut() {
        try {
            return new Outcome.Signed(Octets.wrap(key.sign(algorithm, octets.toByteArray(), random)));
        } catch (UnusableKeyException e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return "our key of " + key.publicKey();
    }
}
