package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/** The IKEV2_FRAGMENTATION_SUPPORTED notifies of IKE_SA_INIT (RFC 7383 2.3). */
public final class FragmentationSupport implements Task {
    private final boolean accepts;
    private final boolean sends;
    private boolean agreed;

    /** @param configured of the connection, or of all that a responder may yet be talking on */
    public FragmentationSupport(List<Fragmentation> configured) {
        this.accepts = configured.stream().anyMatch(f -> f != Fragmentation.NO);
        this.sends = configured.stream().anyMatch(f -> f == Fragmentation.YES || f == Fragmentation.FORCE);
    }

    /** After the exchange. */
    public FragmentUse agreed() {
        if (!agreed) {
            return FragmentUse.NONE;
        }
        return sends ? FragmentUse.BOTH_WAYS : FragmentUse.RECEIVING;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (accepts) {
            request.add(NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
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
        if (agreed) {
            response.add(NotifyPayload.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
        }
    }

    private void read(InboundMessage message) {
        agreed = accepts
                && message.notify(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent();
    }
}
