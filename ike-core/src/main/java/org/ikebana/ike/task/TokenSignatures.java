package org.ikebana.ike.task;

import java.util.HashMap;
import java.util.Map;
import org.ikebana.ike.task.SignatureOrder.Outcome;

/**
 * What tokens have signed for one IKE SA. Whoever builds a message finds it here when it is built again, as what is signed is the
 * same then.
 */
final class TokenSignatures {
    private final Map<SignatureOrder, Outcome> made = new HashMap<>();
    private boolean canWait;

    /** From now on whoever builds a message lets others go on while a token signs. */
    void letOthersGoOn() {
        canWait = true;
    }

    /** @throws SignatureAwaitedException where it is yet to be made outside the event loop */
    Outcome of(SignatureOrder order) throws SignatureAwaitedException {
        if (!canWait || order.key().token().isEmpty()) {
            return order.carryOut();
        }
        Outcome outcome = made.get(order);
        if (outcome == null) {
            throw new SignatureAwaitedException(order, result -> made.put(order, result));
        }
        return outcome;
    }
}
