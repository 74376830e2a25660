package org.ikebana.ike.task;

import java.security.SecureRandom;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.wire.Octets;

/** What is to be signed, and with which key. */
public record SignatureOrder(SigningKey key, SignatureAlgorithm algorithm, Octets octets, SecureRandom random) {
    /** What comes of it. */
    public sealed interface Outcome {
        record Signed(Octets value) implements Outcome {}

        /** @param why as part of a sentence */
        record Refused(String why) implements Outcome {}
    }

    /** Takes its time where the key is on a token; safe outside the event loop. */
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
