package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.ResponderRounds;
import org.ikebana.ike.task.SignatureAwaitedException;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.Payload;

/**
 * A responder that knows from IKE_AUTH which connection it is about. Mostly the first request is the last one as well (RFC 7296
 * 1.2); with EAP (2.16) and several authentications (RFC 4739) there are more. The certificates of each round are looked up
 * before its answer goes.
 */
final class HalfOpenInAuth implements HalfOpen {
    private final IkeSa sa;
    private final SaServices services;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final ResponderRounds rounds;
    private final AuthAnswer answer;
    private final Timer timeout;
    private boolean isHandedOver;

    /** @param connection that the first request belongs to, which is to be handed in next */
    HalfOpenInAuth(IkeSa sa, SaServices services, KeyedSa keyed, ConnectionConfig connection, AuthAnswer answer) {
        this.sa = sa;
        this.services = services;
        this.keyed = keyed;
        this.authentication = services.authentication(sa, keyed.init(), connection);
        this.rounds = new ResponderRounds(keyed.init(), connection, authentication, services.eap());
        this.answer = answer;
        this.timeout = services.environment().after(services.settings().halfOpenTimeout(), this::onNoAnswer);
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
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
    public void onNoAnswer() {
        sa.fail(rounds.fault()
                .orElseGet(() ->
                        new Failure.NoAnswer("the peer began with IKE_AUTH and did not bring it to an end in time")));
    }

    @Override
    public void leave() {
        if (!isHandedOver) {
            abandon();
        }
    }

    private void onAuth(InboundMessage request) {
        try {
            Optional<ResponderRounds.Refusal> refusal = rounds.hear(request);
            if (refusal.isPresent()) {
                sa.reply(request, refusal.get().payloads());
                sa.fail(refusal.get().failure());
                return;
            }
        } catch (ExchangeException e) {
            refuse(request, e.failure());
            return;
        }
        boolean isLast = rounds.isOver();
        if (isLast) {
            timeout.cancel();
        }
        isHandedOver = true;
        AwaitingStatus.begin(
                sa,
                services,
                keyed,
                authentication.connection(),
                authentication.takeStatusQuestions(),
                new Answering(request, isLast));
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

    private void abandon() {
        timeout.cancel();
        rounds.close();
        authentication.close();
    }

    /** What comes of a request that has been heard; the peer repeats it until it is answered. */
    private final class Answering implements Admission {
        private final InboundMessage request;
        private final boolean isLast;

        Answering(InboundMessage request, boolean isLast) {
            this.request = request;
            this.isLast = isLast;
        }

        @Override
        public void admit() {
            List<Payload> response;
            try {
                response = rounds.answer();
                if (isLast) {
                    answer.check(authentication);
                }
            } catch (SignatureAwaitedException e) {
                AwaitingSignature.begin(sa, services, keyed, authentication.connection(), e, this);
                return;
            } catch (ExchangeException e) {
                refuse(e.failure());
                return;
            }
            if (isLast) {
                answer.establish(authentication, request, response);
            } else {
                resume();
                sa.reply(request, response);
            }
        }

        @Override
        public void refuse(Failure failure) {
            HalfOpenInAuth.this.abandon();
            HalfOpenInAuth.this.refuse(request, failure);
        }

        @Override
        public void abandon() {
            HalfOpenInAuth.this.abandon();
        }

        @Override
        public boolean addChild(ChildRequest child) {
            return false;
        }

        @Override
        public boolean isLast() {
            return isLast;
        }

        private void resume() {
            if (sa.position() != HalfOpenInAuth.this) {
                sa.become(HalfOpenInAuth.this);
            }
            isHandedOver = false;
        }
    }
}
