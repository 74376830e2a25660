package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * The requests and responses of one IKE SA: numbered, protected, sent again where they are lost (RFC 7296 2.1 to 2.3). What
 * they mean is for the SA's {@link Position} to say.
 */
final class Exchanges {
    /** Retransmissions from this one on are tried on other paths too, where there are any (RFC 4555 3.5). */
    private static final int PATIENT_ATTEMPTS = 2;

    private final IkeSa sa;
    private final SaServices services;
    private final MessageWindow window = new MessageWindow();
    private final Retransmitter retransmitter;
    private final Reassembly requests;
    private final Reassembly responses;
    private boolean hasReplied;

    Exchanges(IkeSa sa, SaServices services) {
        this.sa = sa;
        this.services = services;
        this.retransmitter = new Retransmitter(services.environment(), services.settings());
        Duration patience = Retransmitter.patience(services.settings());
        this.requests = new Reassembly(services.environment()::after, patience);
        this.responses = new Reassembly(services.environment()::after, patience);
    }

    /** The ID of the request that is under way, or of the next one. */
    int requestId() {
        return window.requestId();
    }

    boolean awaitsResponse() {
        return retransmitter.isRunning();
    }

    /** IKE_SA_INIT has been answered by us. */
    void answered(byte[] request, byte[] reply) {
        window.answered(request, List.of(reply));
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
            repeatReply(datagram);
        }
        return isRepeated;
    }

    void stop() {
        retransmitter.stop();
        requests.discard();
        responses.discard();
    }

    /** The request under way, the same octets, goes the way that messages go now (RFC 4555 3.5). */
    void sendAgain() {
        retransmitter.startAgain();
    }

    /** @param request one message, or its fragments, which are all sent again where one is lost (RFC 7383 2.6) */
    void send(ExchangeType exchange, List<byte[]> request) {
        responses.discard();
        retransmitter.start(
                attempt -> {
                    if (attempt > 0) {
                        services.environment()
                                .emit(new IkeEvent.RequestRetransmitted(
                                        sa.name(),
                                        exchange.name(),
                                        attempt,
                                        sa.endpoints().remote()));
                    }
                    Endpoints now = sa.endpoints();
                    transmit(request, now);
                    if (attempt >= PATIENT_ATTEMPTS) {
                        sa.position().otherWays().forEach(other -> transmit(request, other));
                    }
                },
                () -> sa.position().onNoAnswer());
    }

    void sendProtected(ExchangeType exchange, List<Payload> payloads) {
        sa.position().keyed().ifPresent(keyed -> {
            send(exchange, keyed.channel().seal(requestHeader(exchange), payloads, room(keyed)));
        });
    }

    /** Of the next request. */
    IkeHeader requestHeader(ExchangeType exchange) {
        return IkeHeader.of(
                sa.id().initiatorSpi(),
                sa.id().responderSpi(),
                exchange,
                sa.id().role() == Role.INITIATOR,
                false,
                window.requestId());
    }

    void reply(InboundMessage request, List<Payload> payloads) {
        sa.position().keyed().ifPresent(keyed -> {
            List<byte[]> reply = keyed.channel().seal(request.header().answer(), payloads, room(keyed));
            window.answered(request.datagram().payload(), reply);
            hasReplied = true;
            // Back to where the request came from, whatever the IKE SA's own addresses are (RFC 7296 2.11).
            transmit(
                    reply,
                    new Endpoints(request.datagram().local(), request.datagram().remote()));
        });
    }

    void onRequest(Datagram datagram, IkeHeader header) {
        switch (window.standing(header, datagram.payload())) {
            case REPEATED -> repeatReply(datagram);
            case ALTERED -> onAltered(datagram);
            case OUTSIDE -> sa.drop(DatagramDrop.OUTSIDE_WINDOW);
            case FRESH -> {
                switch (Inbox.open(sa.position().keyed(), requests, datagram)) {
                    case Inbox.Opened opened -> {
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
        if (!retransmitter.isRunning() || header.messageId() != window.requestId()) {
            sa.drop(DatagramDrop.OUTSIDE_WINDOW);
            return;
        }
        switch (Inbox.open(sa.position().keyed(), responses, datagram)) {
            case Inbox.Opened opened -> {
                retransmitter.stop();
                if (!(sa.position() instanceof Initiating)) {
                    window.completed();
                }
                sa.position().answeredFrom(datagram);
                sa.position().onResponse(opened.message());
            }
            case Inbox.Refused refused -> {
                retransmitter.stop();
                sa.fail(new Failure.Malformed(refused.detail()));
            }
            case Inbox.Incomplete incomplete -> {}
            case Inbox.Dropped dropped -> sa.drop(dropped.cause());
        }
    }

    /** A peer may have split the request that we have answered into other fragments meanwhile (RFC 7383 2.4, 2.5.2). */
    private void onAltered(Datagram datagram) {
        boolean repeats = sa.position()
                .lastAnswered()
                .filter(keyed -> keyed.init().extensions().fragments().receives())
                .filter(keyed -> Inbox.isFirstFragment(keyed, datagram))
                .isPresent();
        if (repeats) {
            repeatReply(datagram);
        } else {
            sa.drop(DatagramDrop.OUTSIDE_WINDOW);
        }
    }

    private void repeatReply(Datagram request) {
        transmit(window.lastReply(), new Endpoints(request.local(), request.remote()));
    }

    /** INVALID_SYNTAX from an authenticated peer ends the SA, a critical payload only the exchange (RFC 7296 2.21). */
    private void refuseRequest(Inbox.Refused refused) {
        reply(refused.request(), List.of(refused.notification()));
        if (refused.notification().notifyType() == NotifyType.INVALID_SYNTAX) {
            sa.fail(new Failure.Malformed(refused.detail()));
        }
    }

    private int room(KeyedSa keyed) {
        return keyed.init().extensions().fragments().sends()
                ? sa.endpoints().room(services.settings().fragmentSize())
                : Integer.MAX_VALUE;
    }

    private void transmit(List<byte[]> messages, Endpoints endpoints) {
        for (byte[] message : messages) {
            services.environment().send(new Datagram(endpoints.local(), endpoints.remote(), message));
        }
    }
}
