package org.ikebana.ike.sa;

import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Role;

/** In the middle of IKE_AUTH something from outside is waited for, with no request of ours under way. */
sealed interface Awaiting extends Position permits AwaitingStatus, AwaitingSignature {
    Continuation continuation();

    /** What becomes of requests meanwhile. */
    DatagramDrop drop();

    IkeSa sa();

    /** Whether the peer takes the SA for established, so that it has to hear of its end. */
    default boolean isPeerDone() {
        return continuation().isLast() && sa().id().role() == Role.INITIATOR;
    }

    @Override
    default void onRequest(InboundMessage request) {
        sa().drop(drop());
    }

    @Override
    default void onResponse(InboundMessage response) {
        sa().drop(DatagramDrop.AGAINST_THE_RULES);
    }

    @Override
    default void onNoAnswer() {
        throw new IllegalStateException("no request is under way");
    }
}
