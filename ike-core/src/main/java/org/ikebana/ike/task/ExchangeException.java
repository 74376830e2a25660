package org.ikebana.ike.task;

import org.ikebana.ike.event.Failure;

/** An exchange cannot go on; carries why, for the peer and for people. */
public sealed class ExchangeException extends Exception permits KeyExchangeAwaitedException, SignatureAwaitedException {
    private final transient Failure failure;

    public ExchangeException(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
