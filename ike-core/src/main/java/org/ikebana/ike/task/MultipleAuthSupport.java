package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * The MULTIPLE_AUTH_SUPPORTED notifies (RFC 4739 3.1): the responder's in IKE_SA_INIT, the initiator's in the first IKE_AUTH,
 * each only where the configuration has several authentications.
 */
public final class MultipleAuthSupport implements Task {
    private final boolean isConfigured;
    private boolean isAgreed;

    /** @param connections the connection, or all that a responder may yet be talking on */
    public MultipleAuthSupport(List<ConnectionConfig> connections) {
        this.isConfigured = connections.stream()
                .anyMatch(c ->
                        !c.local().further().isEmpty() || !c.remote().further().isEmpty());
    }

    /** After the exchange: both take them, as far as is known then. */
    public boolean agreed() {
        return isAgreed;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (isConfigured) {
            request.add(NotifyPayload.of(NotifyType.MULTIPLE_AUTH_SUPPORTED));
        }
    }

    @Override
    public void processResponse(InboundMessage response) {
        read(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        read(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (isConfigured) {
            response.add(NotifyPayload.of(NotifyType.MULTIPLE_AUTH_SUPPORTED));
        }
    }

    private void read(InboundMessage message) {
        isAgreed = isConfigured
                && message.notify(NotifyType.MULTIPLE_AUTH_SUPPORTED).isPresent();
    }
}
