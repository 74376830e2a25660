package org.ikebana.ike.task;

import java.util.HashMap;
import java.util.Map;
import org.ikebana.ike.task.SignatureOrder.Outcome;

/**
 * What has been signed outside the event loop for one IKE SA. Whoever builds a message finds it here when it is built again, as
 * what is signed is the same then.
 */
final class OutsideSignatures {
    private final Map<SignatureOrder, Outcome> made = new HashMap<>();

    /** @throws SignatureAwaitedException where it is yet to be made outside the event loop */
    Outcome of(SignatureOrder order) throws SignatureAwaitedException {
        if (order.place().isEmpty()) {
            return order.carryOut();
        }
        Outcome outcome = made.get(order);
        if (outcome == null) {
            throw new SignatureAwaitedException(order, result -> made.put(order, result));
        }
        return outcome;
    }
}
