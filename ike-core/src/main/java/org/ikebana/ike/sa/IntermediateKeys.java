package org.ikebana.ike.sa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AdditionalKeyExchange;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.PeerSignatures;
import org.ikebana.ike.task.PpkExchange;
import org.ikebana.ike.task.PpkUse;
import org.ikebana.ike.task.SupportedAuthMethods;
import org.ikebana.ike.wire.IntermediateContent;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a responder before IKE_AUTH, which change with each additional key exchange that an IKE_INTERMEDIATE exchange carries
 * (RFC 9242, RFC 9370 2.2.2) or that agrees on a PPK (RFC 9867).
 */
final class IntermediateKeys {
    /** Seven may carry a key exchange, and other extensions need few. */
    private static final int MOST_EXCHANGES = 16;

    private final IkeSa sa;
    private final SaServices services;
    private final Deque<KeyExchange> outstanding;
    private final Supplier<Candidates> candidates;
    private boolean owesMethods;
    private KeyedSa keyed;
    private @Nullable KeyedSa before;

    IntermediateKeys(IkeSa sa, SaServices services, InitResult init, Supplier<Candidates> candidates) {
        this.sa = sa;
        this.services = services;
        this.outstanding = new ArrayDeque<>(init.algorithms().additional());
        this.candidates = candidates;
        this.owesMethods = init.extensions().methodsLater();
        this.keyed = KeyedSa.of(services, init);
    }

    KeyedSa keyed() {
        return keyed;
    }

    /** Those of the last answer, which may have to be said again. */
    KeyedSa lastAnswered() {
        return before == null ? keyed : before;
    }

    /** The peer goes on, so it has the last answer. */
    void forgetBefore() {
        if (before != null) {
            before.close();
            before = null;
        }
    }

    /** What is still to be made before IKE_AUTH may come. */
    Optional<KeyExchange> outstanding() {
        return Optional.ofNullable(outstanding.peek());
    }

    void onRequest(InboundMessage request) {
        InitResult init = keyed.init();
        boolean mayCome =
                init.extensions().intermediate() && init.intermediate().exchanges() < MOST_EXCHANGES;
        if (!mayCome) {
            sa.drop(DatagramDrop.AGAINST_THE_RULES);
            return;
        }
        List<Payload> response = new ArrayList<>();
        Optional<Secret> shared = Optional.empty();
        Optional<PpkExchange.Mix> ppk;
        try {
            shared = exchange(request, response);
            ppk = ppk(request, response);
            announce(response);
        } catch (ExchangeException e) {
            shared.ifPresent(Secret::close);
            sa.reply(request, List.of(NotifyPayload.of(e.failure().notifyType().orElse(NotifyType.INVALID_SYNTAX))));
            sa.fail(e.failure());
            return;
        }
        sa.reply(request, response); // under the keys that the request came under
        goOn(request, response, shared, ppk);
    }

    /** Empty where the exchange is about something else. */
    private Optional<Secret> exchange(InboundMessage request, List<Payload> response) throws ExchangeException {
        if (request.first(KePayload.class).isEmpty()) {
            return Optional.empty();
        }
        if (outstanding.isEmpty()) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("the peer makes a key exchange that was not agreed on"));
        }
        AdditionalKeyExchange exchange = new AdditionalKeyExchange(
                outstanding.remove(), services.environment().random());
        exchange.processRequest(request);
        exchange.buildResponse(response);
        return Optional.of(exchange.shared());
    }

    /** After all key exchanges, and once (RFC 9867); empty where the two ends have no key in common. */
    private Optional<PpkExchange.Mix> ppk(InboundMessage request, List<Payload> response) throws ExchangeException {
        InitResult init = keyed.init();
        if (init.extensions().ppk() != PpkUse.IN_INTERMEDIATE || !PpkExchange.isIn(request)) {
            return Optional.empty();
        }
        if (!outstanding.isEmpty() || !init.ppkId().isEmpty()) {
            throw new ExchangeException(
                    new Failure.PeerMisbehaved("the peer names a PPK before the last key exchange, or a second time"));
        }
        PpkExchange exchange = PpkExchange.responder(
                init,
                services.credentials().ppks(),
                sa.id().initiatorSpi(),
                sa.id().responderSpi());
        exchange.processRequest(request);
        if (exchange.mix().isEmpty() && candidates.get().requirePpk()) {
            throw new ExchangeException(new Failure.AuthenticationFailed(
                    "we have none of the PPKs that the peer offers, or another secret under the same id, and ppk_required"
                            + " asks for one; give both sides the same, or set ppk_required = no",
                    Optional.empty()));
        }
        exchange.buildResponse(response);
        return exchange.mix();
    }

    /** What there was no room for in IKE_SA_INIT, once, when no key exchange has to follow (RFC 9593 3.1). */
    private void announce(List<Payload> response) {
        if (owesMethods && outstanding.isEmpty()) {
            owesMethods = false;
            PeerSignatures peer = keyed.init().extensions().signatures();
            new SupportedAuthMethods(true, services.methods(candidates.get(), peer)).buildLaterResponse(response);
        }
    }

    private void goOn(
            InboundMessage request, List<Payload> response, Optional<Secret> shared, Optional<PpkExchange.Mix> ppk) {
        InitResult next = keyed.init()
                .afterIntermediate(
                        request.content(),
                        IntermediateContent.of(request.header().answer(), response),
                        shared,
                        ppk,
                        sa.id().initiatorSpi(),
                        sa.id().responderSpi());
        if (next.keys() == keyed.init().keys()) {
            keyed = keyed.with(next);
        } else {
            before = keyed;
            keyed = KeyedSa.of(services, next);
        }
    }
}
