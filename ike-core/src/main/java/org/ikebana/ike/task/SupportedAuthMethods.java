package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/**
 * The SUPPORTED_AUTH_METHODS notifies (RFC 9593): a responder's in IKE_SA_INIT or, where it would be too long there, in
 * IKE_INTERMEDIATE, and an initiator's in IKE_AUTH. Each side says how it can be convinced.
 */
public final class SupportedAuthMethods implements Task {
    private static final int NOTIFY_HEADERS = 8;

    private final boolean enabled;
    private final MethodList own;
    private final int room;
    private final boolean mayBeLater;
    private AnnouncedMethods peers = AnnouncedMethods.NONE;
    private boolean isLater;

    /**
     * In a message that goes in fragments where it is long, or one that is only read.
     *
     * @param enabled false to say nothing and to hear nothing
     */
    public SupportedAuthMethods(boolean enabled, MethodList own) {
        this(enabled, own, Integer.MAX_VALUE, false);
    }

    /**
     * In a responder's IKE_SA_INIT.
     *
     * @param room octets that the response may have, which cannot go in fragments
     * @param mayBeLater both ends have IKE_INTERMEDIATE
     */
    public SupportedAuthMethods(boolean enabled, MethodList own, int room, boolean mayBeLater) {
        this.enabled = enabled;
        this.own = own;
        this.room = room;
        this.mayBeLater = mayBeLater;
    }

    /** What the peer has said; after the exchange. */
    public AnnouncedMethods peers() {
        return peers;
    }

    /** The responder says it in IKE_INTERMEDIATE; after IKE_SA_INIT. */
    public boolean isLater() {
        return isLater;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        if (enabled && !own.isEmpty()) {
            request.add(own.toPayload());
        }
    }

    @Override
    public void processRequest(InboundMessage request) {
        read(request, List.of());
    }

    /** Leaves it out where it would be too long and cannot be said later: the response must not go in IP fragments. */
    @Override
    public void buildResponse(List<Payload> response) {
        if (!enabled || own.isEmpty()) {
            return;
        }
        NotifyPayload whole = own.toPayload();
        int others = IkeHeader.LENGTH + MessageWriter.chain(response).length;
        if (others + NOTIFY_HEADERS + whole.data().length() <= room) {
            response.add(whole);
        } else if (mayBeLater) {
            response.add(NotifyPayload.of(NotifyType.SUPPORTED_AUTH_METHODS));
            isLater = true;
        }
    }

    /** In IKE_INTERMEDIATE, where the CAs that announcements link are said again (RFC 9593 3.1). */
    public void buildLaterResponse(List<Payload> response) {
        response.addAll(own.linkedRequests());
        response.add(own.toPayload());
    }

    @Override
    public void processResponse(InboundMessage response) {
        read(response, List.of());
        isLater = enabled
                && response.notify(NotifyType.SUPPORTED_AUTH_METHODS)
                        .filter(notify -> notify.data().isEmpty())
                        .isPresent();
    }

    /** @param authorities of the CERTREQ in IKE_SA_INIT, for a responder that does not say them again */
    public void processLaterResponse(InboundMessage response, List<Octets> authorities) {
        read(response, authorities);
    }

    private void read(InboundMessage message, List<Octets> before) {
        if (enabled) {
            List<Octets> authorities = CertificateRequest.authorities(message);
            peers = AnnouncedMethods.in(message, authorities.isEmpty() ? before : authorities);
        }
    }
}
