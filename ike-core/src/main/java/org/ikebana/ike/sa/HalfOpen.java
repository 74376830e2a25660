package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * A responder that has answered IKE_SA_INIT and waits for IKE_AUTH (RFC 7296 1.2), before which there may be IKE_INTERMEDIATE
 * exchanges (RFC 9242).
 */
final class HalfOpen implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final IntermediateKeys keys;
    private final Supplier<Candidates> candidates;
    private final Timer timeout;

    HalfOpen(IkeSa sa, SaServices services, InitResult init, Supplier<Candidates> candidates) {
        this.sa = sa;
        this.services = services;
        this.keys = new IntermediateKeys(sa, services, init, candidates);
        this.candidates = candidates;
        this.timeout = services.environment().after(services.settings().halfOpenTimeout(), this::onNoAnswer);
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
    public Optional<ConnectionConfig> connection() {
        return Optional.empty();
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
        Authentication authentication;
        try {
            answer.processRequest();
            ConnectionConfig connection =
                    candidates.get().choose(keyed.init().algorithms().suite(), request);
            if (connection.isAuthenticatedInRounds()) {
                sa.become(new HalfOpenInRounds(sa, services, keyed, connection, answer));
                sa.position().onRequest(request);
                return;
            }
            authentication = services.authentication(sa, keyed.init(), (peer, wanted) -> connection);
            authentication.letOthersGoOn();
        } catch (ExchangeException e) {
            refuse(request, e.failure());
            return;
        }
        try {
            authentication.processRequest(request);
        } catch (ExchangeException e) {
            authentication.close();
            refuse(request, e.failure());
            return;
        }
        AwaitingStatus.begin(
                sa,
                services,
                keyed,
                authentication.connection(),
                authentication.takeStatusQuestions(),
                new ResponderAdmission(sa, answer, authentication, request, () -> {
                    List<Payload> response = new ArrayList<>();
                    authentication.buildResponse(response);
                    return response;
                }));
    }

    /** An initiator may have gone to port 4500, and its NAT have another mapping for that (RFC 7296 2.23). */
    @Override
    public void heardFrom(Datagram datagram) {
        Path path = sa.whereabouts().path();
        sa.whereabouts().begin(path.to(new Endpoints(datagram.local(), datagram.remote())));
    }

    @Override
    public void onResponse(InboundMessage response) {
        sa.drop(DatagramDrop.AGAINST_THE_RULES);
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

    private void refuse(InboundMessage request, Failure failure) {
        sa.reply(request, List.of(NotifyPayload.of(failure.notifyType().orElse(NotifyType.AUTHENTICATION_FAILED))));
        sa.fail(failure);
    }
}
