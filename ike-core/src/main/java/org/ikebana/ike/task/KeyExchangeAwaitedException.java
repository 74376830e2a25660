package org.ikebana.ike.task;

import java.util.Optional;
import org.ikebana.ike.event.Failure;

/** A request cannot be answered before its key exchange has been computed; it is to be read again once that is done. */
public final class KeyExchangeAwaitedException extends ExchangeException {
    private final transient KeyExchangeOrder order;

    KeyExchangeAwaitedException(KeyExchangeOrder order) {
        super(new Failure.LocalFailure(order.exchange().name() + " has not been computed yet", Optional.empty()));
        this.order = order;
    }

    /** What is to be done outside the event loop. */
    public KeyExchangeOrder order() {
        return order;
    }
}
