package org.ikebana.ike.task;

import java.security.SecureRandom;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.environment.Place;
import org.ikebana.ike.wire.Octets;

/** A peer's public value that is to be answered, and by which method. */
public record KeyExchangeOrder(KeyExchange exchange, Octets peerValue, SecureRandom random) {
    /** Where it is to be carried out. */
    public static final Place PLACE = new Place.Processors("key exchanges");

    /** What comes of it. */
    public sealed interface Outcome {
        record Made(KeyExchange.Response response) implements Outcome {}

        /** @param why a sentence */
        record Refused(String why) implements Outcome {}
    }

    /** Takes its time; safe outside the event loop. */
    public Outcome carryOut() {
        try {
            return new Outcome.Made(exchange.respond(peerValue.toByteArray(), random));
        } catch (InvalidPublicValueException e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        }
    }
}
