package org.ikebana.ike.task;

import org.ikebana.ike.task.KeyExchangeOrder.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Where a responder has its half of a key exchange from: what is quick is made at once, and what takes long outside the event loop,
 * after which the request is read again.
 */
public final class KeyExchangeAnswers implements AutoCloseable {
    private final @Nullable KeyExchangeOrder order;
    private @Nullable Outcome outcome;

    private KeyExchangeAnswers(@Nullable KeyExchangeOrder order, @Nullable Outcome outcome) {
        this.order = order;
        this.outcome = outcome;
    }

    /** For a request that is read for the first time. */
    public static KeyExchangeAnswers none() {
        return new KeyExchangeAnswers(null, null);
    }

    public static KeyExchangeAnswers of(KeyExchangeOrder order, Outcome outcome) {
        return new KeyExchangeAnswers(order, outcome);
    }

    /**
     * What is there already serves one request.
     *
     * @throws KeyExchangeAwaitedException where it is yet to be made
     */
    Outcome of(KeyExchangeOrder wanted) throws KeyExchangeAwaitedException {
        if (!wanted.exchange().takesLong()) {
            return wanted.carryOut();
        }
        Outcome made = outcome;
        if (made == null || !wanted.equals(order)) {
            throw new KeyExchangeAwaitedException(wanted);
        }
        outcome = null;
        return made;
    }

    /** Wipes what has not been taken. */
    @Override
    public void close() {
        if (outcome instanceof Outcome.Made made) {
            made.response().shared().close();
        }
        outcome = null;
    }
}
