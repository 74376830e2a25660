package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * The requests and responses of one IKE SA: numbered, protected, sent again where they are lost (RFC 7296 2.1 to 2.3). What
 * they mean is for the SA's {@link Position} to say.
 */
final class Exchanges {
    private final IkeSa sa;
    private final SaServices services;
    private final MessageWindow window = new MessageWindow();
    private final Outbox outbox;
    private final OwnRequests own;
    private final Reassembly requests;
    private final Reassembly responses;
    private Optional<MessageIdSync> sync = Optional.empty();
    private boolean hasReplied;

    Exchanges(IkeSa sa, SaServices services) {
        this.sa = sa;
        this.services = services;
        this.outbox = new Outbox(sa, services);
        this.own = new OwnRequests(sa, services, window, outbox);
        Duration patience = Retransmitter.patience(services.settings());
        this.requests = new Reassembly(services.environment()::after, patience);
        this.responses = new Reassembly(services.environment()::after, patience);
    }

    /** Ours: the one under way, or the next one. */
    OwnRequests own() {
        return own;
    }

    /** @param allowsSync both ends take IKEV2_MESSAGE_ID_SYNC (RFC 6311) */
    void agree(boolean allowsSync) {
        sync = allowsSync ? Optional.of(new MessageIdSync(sa, services, window, own, outbox)) : Optional.empty();
    }

    boolean allowsSync() {
        return sync.isPresent();
    }

    /** IKE_SA_INIT has been answered by us. */
    void answered(byte[] request, byte[] reply) {
        window.answered(request, List.of(reply));
        report(ExchangeType.IKE_SA_INIT, false, false);
        report(ExchangeType.IKE_SA_INIT, true, true);
    }

    /** IKE_SA_INIT has got the answer with which it is over. */
    void completed() {
        window.completed();
    }

    /** A protected request has been answered. */
    boolean hasReplied() {
        return hasReplied;
    }

    /** Says the last reply again where a peer repeats its request. False if this is none such. */
    boolean repeats(Datagram datagram, IkeHeader header) {
        boolean isRepeated =
                !header.response() && window.standing(header, datagram.payload()) == MessageWindow.Standing.REPEATED;
        if (isRepeated) {
            outbox.sendBack(window.lastReply(), datagram);
        }
        return isRepeated;
    }

    /** No request is to be answered or sent any more. */
    void stop() {
        own.stop();
        requests.discard();
        responses.discard();
    }

    /** @param request in clear */
    void send(ExchangeType exchange, byte[] request) {
        responses.discard();
        report(exchange, true, false);
        own.send(exchange, List.of(request));
    }

    void sendProtected(ExchangeType exchange, List<Payload> payloads) {
        responses.discard();
        report(exchange, true, false);
        own.sendProtected(exchange, payloads);
    }

    void reply(InboundMessage request, List<Payload> payloads) {
        sa.position().keyed().ifPresent(keyed -> {
            List<byte[]> reply = outbox.seal(keyed, request.header().answer(), payloads);
            window.answered(request.datagram().payload(), reply);
            hasReplied = true;
            report(request.header(), true, true);
            outbox.sendBack(reply, request.datagram());
        });
    }

    void onRequest(Datagram datagram, IkeHeader header) {
        if (sync.filter(s -> s.takes(datagram, header)).isPresent()) {
            return;
        }
        switch (window.standing(header, datagram.payload())) {
            case REPEATED -> outbox.sendBack(window.lastReply(), datagram);
            case ALTERED -> onAltered(datagram);
            case OUTSIDE -> sa.drop(DatagramDrop.OUTSIDE_WINDOW);
            case FRESH -> {
                switch (Inbox.open(sa.position().keyed(), requests, datagram)) {
                    case Inbox.Opened opened -> {
                        report(header, false, false);
                        sa.position().heardFrom(datagram);
                        sa.position().onRequest(opened.message());
                    }
                    case Inbox.Refused refused -> {
                        sa.position().heardFrom(datagram);
                        refuseRequest(refused);
                    }
                    case Inbox.Incomplete incomplete -> {}
                    case Inbox.Dropped dropped -> sa.drop(dropped.cause());
                }
            }
        }
    }

    void onResponse(Datagram datagram, IkeHeader header) {
        if (!own.isUnderWay() || header.messageId() != window.requestId()) {
            sa.drop(DatagramDrop.OUTSIDE_WINDOW);
            return;
        }
        switch (Inbox.open(sa.position().keyed(), responses, datagram)) {
            case Inbox.Opened opened -> {
                report(header, false, true);
                own.stop();
                if (!(sa.position() instanceof Initiating)) {
                    window.completed();
                }
                sa.position().answeredFrom(datagram);
                sa.position().onResponse(opened.message());
            }
            case Inbox.Refused refused -> {
                own.stop();
                sa.fail(new Failure.Malformed(refused.detail()));
            }
            case Inbox.Incomplete incomplete -> {}
            case Inbox.Dropped dropped -> sa.drop(dropped.cause());
        }
    }

    private void report(IkeHeader header, boolean isSent, boolean isResponse) {
        header.exchange().ifPresent(exchange -> report(exchange, isSent, isResponse));
    }

    /** Once a message, however often and in how many parts it goes. */
    private void report(ExchangeType exchange, boolean isSent, boolean isResponse) {
        services.listener().exchanged(sa, new MessageKind(exchange, isSent, isResponse));
    }

    /** A peer may have split the request that we have answered into other fragments meanwhile (RFC 7383 2.4, 2.5.2). */
    private void onAltered(Datagram datagram) {
        boolean repeats = sa.position()
                .lastAnswered()
                .filter(keyed -> keyed.init().extensions().fragments().receives())
                .filter(keyed -> Inbox.isFirstFragment(keyed, datagram))
                .isPresent();
        if (repeats) {
            outbox.sendBack(window.lastReply(), datagram);
        } else {
            sa.drop(DatagramDrop.OUTSIDE_WINDOW);
        }
    }

    /** INVALID_SYNTAX from an authenticated peer ends the SA, a critical payload only the exchange (RFC 7296 2.21). */
    private void refuseRequest(Inbox.Refused refused) {
        reply(refused.request(), List.of(refused.notification()));
        if (refused.notification().notifyType() == NotifyType.INVALID_SYNTAX) {
            sa.fail(new Failure.Malformed(refused.detail()));
        }
    }
}
