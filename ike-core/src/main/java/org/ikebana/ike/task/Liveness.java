package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.wire.Payload;

/** An empty INFORMATIONAL exchange: is the peer there (RFC 7296 1.4, 2.4)? That an answer comes is all. */
public final class Liveness implements Task {
    @Override
    public void buildRequest(List<Payload> request) {}

    @Override
    public void processResponse(InboundMessage response) {}

    @Override
    public void processRequest(InboundMessage request) {}

    @Override
    public void buildResponse(List<Payload> response) {}
}
