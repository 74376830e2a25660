package org.ikebana.ike.sa;

import java.util.Optional;
import java.util.function.Supplier;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.wire.ExchangeType;

/**
 * A responder that has answered IKE_SA_INIT and waits for IKE_AUTH (RFC 7296 1.2), before which there may be IKE_INTERMEDIATE
 * exchanges (RFC 9242).
 */
final class HalfOpenBeforeAuth implements HalfOpen {
    private final IkeSa sa;
    private final SaServices services;
    private final IntermediateKeys keys;
    private final Supplier<Candidates> candidates;
    private final Timer timeout;

    HalfOpenBeforeAuth(IkeSa sa, SaServices services, InitResult init, Supplier<Candidates> candidates) {
        this.sa = sa;
        this.services = services;
        this.keys = new IntermediateKeys(sa, services, init, candidates);
        this.candidates = candidates;
        this.timeout = services.environment().after(services.settings().halfOpenTimeout(), this::onNoAnswer);
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keys.keyed());
    }

    @Override
    public Optional<KeyedSa> lastAnswered() {
        return Optional.of(keys.lastAnswered());
    }

    @Override
    public void onRequest(InboundMessage request) {
        keys.forgetBefore();
        switch (request.header().exchange().orElse(ExchangeType.IKE_SA_INIT)) {
            case IKE_INTERMEDIATE -> keys.onRequest(request);
            case IKE_AUTH -> onAuth(request);
            default -> sa.drop(DatagramDrop.AGAINST_THE_RULES);
        }
    }

    @Override
    public void onNoAnswer() {
        sa.fail(new Failure.NoAnswer("the peer began with IKE_SA_INIT and never sent IKE_AUTH"));
    }

    @Override
    public void leave() {
        timeout.cancel();
        keys.forgetBefore();
    }

    private void onAuth(InboundMessage request) {
        Optional<KeyExchange> outstanding = keys.outstanding();
        if (outstanding.isPresent()) {
            refuse(
                    request,
                    new Failure.PeerMisbehaved("the peer leaves out the key exchange "
                            + outstanding.get().name() + ", which was agreed on"));
            return;
        }
        KeyedSa keyed = keys.keyed();
        AuthAnswer answer = new AuthAnswer(sa, services, keyed, request);
        ConnectionConfig connection;
        try {
            answer.processRequest();
            connection = candidates.get().choose(keyed.init().algorithms().suite(), request);
        } catch (ExchangeException e) {
            refuse(request, e.failure());
            return;
        }
        HalfOpenInAuth next = new HalfOpenInAuth(sa, services, keyed, connection, answer);
        sa.become(next);
        next.onRequest(request);
    }
}
