package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.wire.Payload;

/** What both ends say of themselves in IKE_AUTH by notifies, and what they agree on by that. */
public final class AuthExtensions implements Task {
    private final MessageIdSyncSupport messageIdSync = new MessageIdSyncSupport();

    /** Both ends take IKEV2_MESSAGE_ID_SYNC; after the exchange. */
    public boolean messageIdSync() {
        return messageIdSync.agreed();
    }

    @Override
    public void buildRequest(List<Payload> request) {
        messageIdSync.buildRequest(request);
    }

    @Override
    public void processResponse(InboundMessage response) {
        messageIdSync.processResponse(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        messageIdSync.processRequest(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        messageIdSync.buildResponse(response);
    }
}
