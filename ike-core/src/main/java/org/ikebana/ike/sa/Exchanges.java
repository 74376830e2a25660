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
import org.jspecify.annotations.Nullable;

/**
 * The requests and responses of one IKE SA: numbered, protected, sent again where they are lost (RFC 7296 2.1 to 2.3). What
 * they mean is for the SA's {@link Position} to say.
 */
final class Exchanges {
    /** Requests of any kind: a Delete for each of many children, and what goes on beside. */
    private static final int REQUESTS_AT_ONCE = 1000;

    /** From the beginning of an IKE SA these are not counted: of most peers there is nothing to be kept. */
    private static final int FIRST_REQUESTS = 10;

    private final IkeSa sa;
    private final SaServices services;
    private final MessageWindow window = new MessageWindow();
    private final Outbox outbox;
    private final OwnRequests own;
    private final Reassembly requests;
    private final Reassembly responses;
    private Optional<MessageIdSync> sync = Optional.empty();
    private boolean hasReplied;
    /** Null as long as the peer has not asked for much. */
    private @Nullable PeerDemands demands;
    /** Null until a request is repeated, and again when the next one is answered. */
    private @Nullable RepeatedReplies repeated;

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

    /** This IKE SA goes on in the place of that one, whose peer is the same. */
    void inherit(Exchanges predecessor) {
        demands = predecessor.demands;
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
            sayAgain(datagram);
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
            repeated = null;
            count();
            report(request.header(), true, true);
            outbox.sendBack(reply, request.datagram());
        });
    }

    void onRequest(Datagram datagram, IkeHeader header) {
        if (sync.filter(s -> s.takes(datagram, header)).isPresent()) {
            return;
        }
        switch (window.standing(header, datagram.payload())) {
            case REPEATED -> sayAgain(datagram);
            case ALTERED -> onAltered(datagram);
            case OUTSIDE -> sa.drop(DatagramDrop.OUTSIDE_WINDOW);
            case FRESH -> {
                if (asksTooMuch()) {
                    sa.drop(DatagramDrop.REQUEST_LIMIT);
                    return;
                }
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
            sayAgain(datagram);
        } else {
            sa.drop(DatagramDrop.OUTSIDE_WINDOW);
        }
    }

    /** The last reply, back to where the request came from. */
    private void sayAgain(Datagram request) {
        int limit = services.settings().repeatedReplyLimit();
        if (limit != 0) {
            long now = services.environment().nanoTime();
            RepeatedReplies counted = repeated == null ? new RepeatedReplies(limit, now) : repeated;
            repeated = counted;
            if (!counted.takes(request.remote().equals(sa.endpoints().remote()), now)) {
                sa.drop(DatagramDrop.REPEATED_REPLY_LIMIT);
                return;
            }
        }
        outbox.sendBack(window.lastReply(), request);
    }

    /** Found out before it is decrypted: a peer that goes on asking is to cost nothing. */
    private boolean asksTooMuch() {
        if (demands == null) {
            return false;
        }
        long now = services.environment().nanoTime();
        boolean isTooMuch = !demands.allows(now);
        if (isTooMuch && demands.warns(now)) {
            sa.warn(
                    "the peer makes requests without end; it is not answered as long as it makes more than request_limit = "
                            + services.settings().requestLimit() + " a second");
        }
        return isTooMuch;
    }

    /** What has been answered: it was authentic, and no repetition of what is being looked into. */
    private void count() {
        int limit = services.settings().requestLimit();
        if (limit != 0 && window.expectedRequestId() > FIRST_REQUESTS) {
            long now = services.environment().nanoTime();
            PeerDemands made = demands == null ? new PeerDemands(REQUESTS_AT_ONCE, limit, now) : demands;
            demands = made;
            made.takes(now);
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
