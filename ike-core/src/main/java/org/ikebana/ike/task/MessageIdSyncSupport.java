package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * The IKEV2_MESSAGE_ID_SYNC_SUPPORTED notifies of IKE_AUTH (RFC 6311 5). Of ESP's sequence numbers nothing is said: a kernel
 * does not let them be moved while packets go.
 */
public final class MessageIdSyncSupport implements Task {
    private boolean agreed;

    /** After the exchange. */
    public boolean agreed() {
        return agreed;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        request.add(NotifyPayload.of(NotifyType.IKEV2_MESSAGE_ID_SYNC_SUPPORTED));
    }

    @Override
    public void processResponse(InboundMessage response) {
        read(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        read(request);
    }

    /** Only where the initiator has it, too. */
    @Override
    public void buildResponse(List<Payload> response) {
        if (agreed) {
            response.add(NotifyPayload.of(NotifyType.IKEV2_MESSAGE_ID_SYNC_SUPPORTED));
        }
    }

    private void read(InboundMessage message) {
        agreed = message.notify(NotifyType.IKEV2_MESSAGE_ID_SYNC_SUPPORTED).isPresent();
    }
}
