package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.Payload;

/** Our requests, one at a time: numbered, and sent again until the response is here (RFC 7296 2.1 to 2.3). */
final class OwnRequests {
    /** Retransmissions from this one on are tried on other paths too, where there are any (RFC 4555 3.5). */
    private static final int PATIENT_ATTEMPTS = 2;

    private final IkeSa sa;
    private final SaServices services;
    private final MessageWindow window;
    private final Outbox outbox;
    private final Retransmitter retransmitter;
    private Optional<Protected> last = Optional.empty();

    /** What a protected request says, whatever its number. */
    private record Protected(ExchangeType exchange, List<Payload> payloads) {}

    OwnRequests(IkeSa sa, SaServices services, MessageWindow window, Outbox outbox) {
        this.sa = sa;
        this.services = services;
        this.window = window;
        this.outbox = outbox;
        this.retransmitter = new Retransmitter(services.environment(), services.settings());
    }

    /** The next request, or the one under way. */
    IkeHeader header(ExchangeType exchange) {
        return IkeHeader.of(
                sa.id().initiatorSpi(),
                sa.id().responderSpi(),
                exchange,
                sa.id().role() == Role.INITIATOR,
                false,
                window.requestId());
    }

    boolean isUnderWay() {
        return retransmitter.isRunning();
    }

    /** @param request one message, or its fragments, which are all sent again where one is lost (RFC 7383 2.6) */
    void send(ExchangeType exchange, List<byte[]> request) {
        last = Optional.empty();
        start(exchange, request);
    }

    void sendProtected(ExchangeType exchange, List<Payload> payloads) {
        sa.position().keyed().ifPresent(keyed -> {
            last = Optional.of(new Protected(exchange, List.copyOf(payloads)));
            start(exchange, outbox.seal(keyed, header(exchange), payloads));
        });
    }

    /** The same octets go the way that messages go now (RFC 4555 3.5). */
    void sendAgain() {
        retransmitter.startAgain();
    }

    /** Says what is under way once more, under the number that is the next one now (RFC 6311 9). */
    void sendRenumbered() {
        last.filter(request -> isUnderWay()).ifPresent(request -> sendProtected(request.exchange, request.payloads));
    }

    /** The response is here, or is not waited for any more. */
    void stop() {
        retransmitter.stop();
        last = Optional.empty();
    }

    private void start(ExchangeType exchange, List<byte[]> request) {
        retransmitter.start(
                attempt -> transmit(exchange, request, attempt),
                () -> sa.position().onNoAnswer());
    }

    private void transmit(ExchangeType exchange, List<byte[]> request, int attempt) {
        Endpoints now = sa.endpoints();
        if (attempt > 0) {
            services.environment()
                    .emit(new IkeEvent.RequestRetransmitted(sa.name(), exchange.name(), attempt, now.remote()));
        }
        outbox.send(request, now);
        if (attempt >= PATIENT_ATTEMPTS) {
            sa.position().otherWays().forEach(other -> outbox.send(request, other));
        }
    }
}
