package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/** The QCD_TOKEN notifies in protection: each end tells what it will say when it has lost the IKE SA (RFC 6290 4.2 to 4.4). */
public final class CrashTokenExchange implements Task {
    private static final int SHORTEST = 16;
    private static final int LONGEST = 128;

    private final Optional<NotifyPayload> own;
    private Optional<Secret> theirs = Optional.empty();

    /** @param own empty for an end that makes none */
    public CrashTokenExchange(Optional<NotifyPayload> own) {
        this.own = own;
    }

    /** What the peer has told, if it has; the caller's to close. */
    public Optional<Secret> theirs() {
        return theirs;
    }

    /** The token of a message in protection; one of a length that none may have is none (RFC 6290 5). */
    public static Optional<Secret> read(InboundMessage message) {
        return message.notify(NotifyType.QUICK_CRASH_DETECTION)
                .filter(notify ->
                        notify.data().length() >= SHORTEST && notify.data().length() <= LONGEST)
                .map(notify -> Secret.wrap(notify.data().toByteArray()));
    }

    @Override
    public void buildRequest(List<Payload> request) {
        own.ifPresent(request::add);
    }

    @Override
    public void processResponse(InboundMessage response) {
        theirs = read(response);
    }

    @Override
    public void processRequest(InboundMessage request) {
        theirs = read(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        own.ifPresent(response::add);
    }
}
