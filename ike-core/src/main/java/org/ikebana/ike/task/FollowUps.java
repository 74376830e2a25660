package org.ikebana.ike.task;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The IKE_FOLLOWUP_KE exchanges after a CREATE_CHILD_SA exchange, one for each additional key exchange (RFC 9370 2.2.4). Each
 * request names by its ADDITIONAL_KEY_EXCHANGE notify what the responder gave in the response before.
 */
public final class FollowUps implements Task {
    private static final int LINK_LENGTH = 8;

    private final SecureRandom random;
    private final Deque<KeyExchange> methods;
    private final Purpose purpose;
    private final List<Secret> shared = new ArrayList<>();
    private @Nullable AdditionalKeyExchange underWay;
    private Octets link = Octets.EMPTY;

    /** What the exchanges are made for. */
    interface Purpose {
        /** @param shared SK(1) to SK(n), which are wiped afterwards */
        void complete(List<Secret> shared);

        void fail(Failure failure);

        Optional<Failure> failure();
    }

    /** @param methods at least one */
    FollowUps(List<KeyExchange> methods, SecureRandom random, Purpose purpose) {
        this.methods = new ArrayDeque<>(methods);
        this.random = random;
        this.purpose = purpose;
    }

    /** By which the next request is known. */
    public Octets link() {
        return link;
    }

    /** A responder's, in the response of CREATE_CHILD_SA and of each exchange but the last. */
    void addLink(List<Payload> response) {
        byte[] fresh = new byte[LINK_LENGTH];
        random.nextBytes(fresh);
        link = Octets.wrap(fresh);
        response.add(NotifyPayload.of(NotifyType.ADDITIONAL_KEY_EXCHANGE, link));
    }

    /** An initiator's, of the same responses. */
    void readLink(InboundMessage response) throws ExchangeException {
        link = response.notify(NotifyType.ADDITIONAL_KEY_EXCHANGE)
                .map(NotifyPayload::data)
                .orElseThrow(() -> new ExchangeException(new Failure.Malformed(
                        "the peer chose additional key exchanges, but its answer lacks ADDITIONAL_KEY_EXCHANGE")));
    }

    /** Itself, until the last exchange has been made or one has failed. */
    @Override
    public Optional<FollowUps> followUp() {
        return methods.isEmpty() || purpose.failure().isPresent() ? Optional.empty() : Optional.of(this);
    }

    @Override
    public void buildRequest(List<Payload> request) {
        AdditionalKeyExchange exchange = new AdditionalKeyExchange(methods.getFirst(), random);
        underWay = exchange;
        exchange.buildRequest(request);
        request.add(NotifyPayload.of(NotifyType.ADDITIONAL_KEY_EXCHANGE, link));
    }

    @Override
    public void processResponse(InboundMessage response) {
        try (AdditionalKeyExchange exchange = present(underWay)) {
            Optional<NotifyPayload> error = response.error();
            if (error.isPresent()) {
                throw new ExchangeException(new Failure.PeerRefused(error.get().notifyType(), ""));
            }
            exchange.processResponse(response);
            next(exchange);
            if (!methods.isEmpty()) {
                readLink(response);
            }
        } catch (ExchangeException e) {
            fail(e.failure());
            return;
        }
        finish();
    }

    @Override
    public void processRequest(InboundMessage request) {
        AdditionalKeyExchange exchange = new AdditionalKeyExchange(methods.getFirst(), random);
        underWay = exchange;
        try {
            exchange.processRequest(request);
        } catch (ExchangeException e) {
            fail(e.failure());
            return;
        }
        next(exchange);
        finish();
    }

    @Override
    public void buildResponse(List<Payload> response) {
        Optional<Failure> failure = purpose.failure();
        if (failure.isPresent()) {
            response.add(NotifyPayload.of(failure.get().notifyType().orElse(NotifyType.NO_PROPOSAL_CHOSEN)));
            return;
        }
        present(underWay).buildResponse(response);
        if (!methods.isEmpty()) {
            addLink(response);
        }
    }

    /** Nothing comes of it, and the purpose hears nothing. */
    @Override
    public void abandon() {
        if (underWay != null) {
            underWay.close();
        }
        shared.forEach(Secret::close);
    }

    private void next(AdditionalKeyExchange made) {
        shared.add(made.shared());
        methods.remove();
    }

    private void finish() {
        if (methods.isEmpty()) {
            purpose.complete(shared);
            shared.forEach(Secret::close);
        }
    }

    private void fail(Failure failure) {
        abandon();
        purpose.fail(failure);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not before the exchange");
        }
        return value;
    }
}
