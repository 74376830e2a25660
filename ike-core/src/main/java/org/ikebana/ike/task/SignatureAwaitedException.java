package org.ikebana.ike.task;

import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.event.Failure;

/**
 * A message cannot be built before it has been signed outside the event loop; it is to be built again once that is
 * {@linkplain #settle settled}.
 */
public final class SignatureAwaitedException extends ExchangeException {
    private final transient SignatureOrder order;
    private final transient Consumer<SignatureOrder.Outcome> result;

    /** @param result told what comes of it */
    SignatureAwaitedException(SignatureOrder order, Consumer<SignatureOrder.Outcome> result) {
        super(new Failure.AuthenticationFailed(order + " has not signed yet", Optional.empty()));
        this.order = order;
        this.result = result;
    }

    /** What is to be done outside the event loop. */
    public SignatureOrder order() {
        return order;
    }

    /** On the event loop. */
    public void settle(SignatureOrder.Outcome outcome) {
        result.accept(outcome);
    }
}
