package org.ikebana.ike.task;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.ikebana.ike.wire.Payload;

/** An empty INFORMATIONAL exchange as {@link Liveness} is one, and how long its answer takes. */
public final class RoundTrip implements Task {
    private final LongSupplier clock;
    private final LongConsumer result;
    private long begun;

    /**
     * @param clock in nanoseconds
     * @param result told the nanoseconds between request and answer, retransmissions included; not told if there is no answer
     */
    public RoundTrip(LongSupplier clock, LongConsumer result) {
        this.clock = clock;
        this.result = result;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        begun = clock.getAsLong();
    }

    @Override
    public void processResponse(InboundMessage response) {
        result.accept(clock.getAsLong() - begun);
    }

    @Override
    public void processRequest(InboundMessage request) {}

    @Override
    public void buildResponse(List<Payload> response) {}
}
