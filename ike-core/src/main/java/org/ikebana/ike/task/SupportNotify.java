package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * A notify without content by which each side says that it has an extension: the initiator in the request, and in the response
 * a responder that has it, too.
 */
public final class SupportNotify implements Task {
    private final int notifyType;
    private final boolean isOurs;
    private boolean isAgreed;

    private SupportNotify(int notifyType, boolean isOurs) {
        this.notifyType = notifyType;
        this.isOurs = isOurs;
    }

    /** IKEV2_FRAGMENTATION_SUPPORTED of IKE_SA_INIT (RFC 7383 2.3). */
    public static SupportNotify fragmentation(FragmentUse ours) {
        return new SupportNotify(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED, ours != FragmentUse.NONE);
    }

    /**
     * INTERMEDIATE_EXCHANGE_SUPPORTED of IKE_SA_INIT (RFC 9242 3.1).
     *
     * @param isNeeded by anything that an initiator offers; a responder has it in any case
     */
    public static SupportNotify intermediate(boolean isNeeded) {
        return new SupportNotify(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED, isNeeded);
    }

    /**
     * IKEV2_MESSAGE_ID_SYNC_SUPPORTED of IKE_AUTH (RFC 6311 5). Of ESP's sequence numbers nothing is said: a kernel does not
     * let them be moved while packets go.
     */
    static SupportNotify messageIdSync() {
        return new SupportNotify(NotifyType.IKEV2_MESSAGE_ID_SYNC_SUPPORTED, true);
    }

    /**
     * MULTIPLE_AUTH_SUPPORTED (RFC 4739 3.1), of which each side speaks unasked: the responder in IKE_SA_INIT, the initiator
     * in the first IKE_AUTH.
     *
     * @param isConfigured for the connection, or for one that a responder may yet be talking on
     */
    public static SupportNotify multipleAuth(boolean isConfigured) {
        return new SupportNotify(NotifyType.MULTIPLE_AUTH_SUPPORTED, isConfigured);
    }

    /** Once the peer's message has been read: both sides have it. */
    public boolean agreed() {
        return isAgreed;
    }

    /** Says that this side has it, if it does, whether the peer has said so or not. */
    public void announce(List<Payload> message) {
        if (isOurs) {
            message.add(NotifyPayload.of(notifyType));
        }
    }

    @Override
    public void buildRequest(List<Payload> request) {
        announce(request);
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
        if (isAgreed) {
            announce(response);
        }
    }

    private void read(InboundMessage message) {
        isAgreed = isOurs && message.notify(notifyType).isPresent();
    }
}
