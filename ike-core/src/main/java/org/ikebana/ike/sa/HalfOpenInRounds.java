package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.ResponderRounds;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;

/**
 * A responder in the middle of several IKE_AUTH exchanges: EAP (RFC 7296 2.16), or several authentications (RFC 4739). Until the
 * last it counts as half-open, and ends when it has taken too long.
 */
final class HalfOpenInRounds implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final ResponderRounds rounds;
    private final AuthAnswer answer;
    private final Timer timeout;
    private boolean isHandedOver;

    /** @param connection that the first request belongs to, which is to be handed in next */
    HalfOpenInRounds(IkeSa sa, SaServices services, KeyedSa keyed, ConnectionConfig connection, AuthAnswer answer) {
        this.sa = sa;
        this.services = services;
        this.keyed = keyed;
        this.authentication = services.authentication(sa, keyed.init(), (peer, wanted) -> connection);
        this.rounds = new ResponderRounds(keyed.init(), connection, authentication, services.eap());
        this.answer = answer;
        this.timeout = services.environment().after(services.settings().halfOpenTimeout(), this::onNoAnswer);
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.empty();
    }

    @Override
    public void onRequest(InboundMessage request) {
        switch (request.header().exchange().orElse(ExchangeType.IKE_SA_INIT)) {
            case IKE_AUTH -> onAuth(request);
            case INFORMATIONAL -> onBrokenOff(request);
            default -> sa.drop(DatagramDrop.AGAINST_THE_RULES);
        }
    }

    @Override
    public void onResponse(InboundMessage response) {
        sa.drop(DatagramDrop.AGAINST_THE_RULES);
    }

    /** As in {@link HalfOpen#heardFrom}. */
    @Override
    public void heardFrom(Datagram datagram) {
        Path path = sa.whereabouts().path();
        sa.whereabouts().begin(path.to(new Endpoints(datagram.local(), datagram.remote())));
    }

    @Override
    public void onNoAnswer() {
        sa.fail(rounds.fault()
                .orElseGet(() ->
                        new Failure.NoAnswer("the peer began with IKE_AUTH and did not bring it to an end in time")));
    }

    @Override
    public void leave() {
        timeout.cancel();
        rounds.close();
        if (!isHandedOver) {
            authentication.close();
        }
    }

    private void onAuth(InboundMessage request) {
        try {
            switch (rounds.on(request)) {
                case ResponderRounds.Outcome.Continue next -> sa.reply(request, next.payloads());
                case ResponderRounds.Outcome.Done done -> finish(request, done);
                case ResponderRounds.Outcome.Refused refused -> {
                    sa.reply(request, refused.payloads());
                    sa.fail(refused.failure());
                }
            }
        } catch (ExchangeException e) {
            int type = e.failure().notifyType().orElse(NotifyType.AUTHENTICATION_FAILED);
            sa.reply(request, List.of(NotifyPayload.of(type)));
            sa.fail(e.failure());
        }
    }

    /** Each of its authentications may have been by certificates that are to be looked up. */
    private void finish(InboundMessage request, ResponderRounds.Outcome.Done done) {
        isHandedOver = true;
        AwaitingStatus.begin(
                sa,
                services,
                keyed,
                authentication.connection(),
                authentication.takeStatusQuestions(),
                new ResponderAdmission(sa, answer, authentication, request, () -> new ArrayList<>(done.payloads())));
    }

    /** The initiator does not take us for who it wants (RFC 7296 2.21.2). */
    private void onBrokenOff(InboundMessage request) {
        Optional<NotifyPayload> error = request.error();
        if (error.isEmpty()) {
            sa.drop(DatagramDrop.AGAINST_THE_RULES);
            return;
        }
        sa.reply(request, List.of());
        sa.fail(rounds.fault()
                .orElseGet(() -> new Failure.PeerRefused(
                        error.get().notifyType(), "it breaks IKE_AUTH off; see its log for what it has against us")));
    }
}
