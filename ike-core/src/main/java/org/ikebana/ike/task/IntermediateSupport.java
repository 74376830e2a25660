package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/** The INTERMEDIATE_EXCHANGE_SUPPORTED notifies of IKE_SA_INIT (RFC 9242 3.1). */
public final class IntermediateSupport implements Task {
    private final boolean needed;
    private boolean agreed;

    /** @param needed by anything that an initiator offers; a responder has it in any case */
    public IntermediateSupport(boolean needed) {
        this.needed = needed;
    }

    /** After the exchange. */
    public boolean agreed() {
        return agreed;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (needed) {
            request.add(NotifyPayload.of(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED));
        }
    }

    @Override
    public void processResponse(InboundMessage response) {
        agreed = needed
                && response.notify(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED).isPresent();
    }

    @Override
    public void processRequest(InboundMessage request) {
        agreed = request.notify(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED).isPresent();
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (agreed) {
            response.add(NotifyPayload.of(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED));
        }
    }
}
