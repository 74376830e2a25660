package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.task.InboundMessage;

/** Gone: nothing is sent, nothing is taken. */
record Closed() implements Position {
    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.empty();
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.empty();
    }

    @Override
    public void onRequest(InboundMessage request) {}

    @Override
    public void onResponse(InboundMessage response) {}

    @Override
    public void onNoAnswer() {}

    @Override
    public void leave() {}
}
