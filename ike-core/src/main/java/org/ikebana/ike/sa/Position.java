package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.InboundMessage;

/** Where an IKE SA stands; each position carries just what it needs and knows what may come next. */
sealed interface Position permits Beginning, HalfOpen, Awaiting, Established, Rekeyed, Closing, Closed {
    /** The keys; empty before there are any. */
    Optional<KeyedSa> keyed();

    /** The keys that the last request came under which was answered. */
    default Optional<KeyedSa> lastAnswered() {
        return keyed();
    }

    /** The connection that it belongs to; empty while a responder does not know its peer. */
    Optional<ConnectionConfig> connection();

    /** A fresh request that passed the integrity check and the message rules; must be replied to or dropped. */
    void onRequest(InboundMessage request);

    /** The response to the request under way; protected where there is a channel. */
    void onResponse(InboundMessage response);

    /** An authentic request, and no repetition, came this way. */
    default void heardFrom(Datagram datagram) {}

    /** The response to the request under way came this way. */
    default void answeredFrom(Datagram datagram) {}

    /** Where else the peer may be found when it does not answer. */
    default List<Endpoints> otherWays() {
        return List.of();
    }

    /** The request under way was not answered. */
    void onNoAnswer();

    /** Left for another position: stop timers, wipe what the next one does not take over. */
    void leave();
}
