package org.ikebana.ike.sa;

import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.InboundMessage;

/** Where an initiator stands before both sides are authenticated (RFC 7296 1.2). */
sealed interface Beginning extends Position permits Initiating, Intermediate, Authenticating {
    IkeSa sa();

    /** One more to ask for, with IKE_AUTH where it is the first. */
    void addChild(ChildRequest child);

    /** Nothing may come from a responder before it is authenticated. */
    @Override
    default void onRequest(InboundMessage request) {
        sa().drop(DatagramDrop.AGAINST_THE_RULES);
    }
}
