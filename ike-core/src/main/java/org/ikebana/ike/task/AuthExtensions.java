package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.Payload;

/** What both ends say of themselves in IKE_AUTH by notifies, and what they agree on by that. */
public final class AuthExtensions implements Task {
    private final SupportNotify messageIdSync = SupportNotify.messageIdSync();
    private final CrashTokenExchange crashTokens;

    /** @param crashToken ours for this IKE SA (RFC 6290) */
    public AuthExtensions(Optional<NotifyPayload> crashToken) {
        this.crashTokens = new CrashTokenExchange(crashToken);
    }

    /** The peer's token, if it has told one; after the exchange. The caller's to close. */
    public Optional<Secret> crashToken() {
        return crashTokens.theirs();
    }

    /** Both ends take IKEV2_MESSAGE_ID_SYNC; after the exchange. */
    public boolean messageIdSync() {
        return messageIdSync.agreed();
    }

    @Override
    public void buildRequest(List<Payload> request) {
        messageIdSync.buildRequest(request);
        crashTokens.buildRequest(request);
    }

    @Override
    public void processResponse(InboundMessage response) {
        messageIdSync.processResponse(response);
        crashTokens.processResponse(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        messageIdSync.processRequest(request);
        crashTokens.processRequest(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        messageIdSync.buildResponse(response);
        crashTokens.buildResponse(response);
    }
}
