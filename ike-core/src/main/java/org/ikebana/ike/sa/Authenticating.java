package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.eap.EapPacket;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitiatorRounds;
import org.ikebana.ike.task.SignatureAwaitedException;
import org.ikebana.ike.wire.EapPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An initiator that has sent IKE_AUTH. Mostly the first response is the last one as well (RFC 7296 1.2); with EAP (2.16) and
 * several authentications (RFC 4739) there are more. The certificates of each round are looked up before the next begins.
 */
final class Authenticating implements Beginning {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final InitiatorRounds rounds;
    private final AuthContents contents;
    private @Nullable CloseCause givenUp;
    private boolean isHandedOver;

    private Authenticating(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.keyed = keyed;
        this.authentication = services.authentication(sa, keyed.init(), connection);
        this.rounds = new InitiatorRounds(keyed.init(), connection, authentication, services.eap());
        this.contents = new AuthContents(sa, services, connection, children, keyed);
    }

    /** @param children the first goes into IKE_AUTH unless that is childless, the others follow in exchanges of their own */
    static void begin(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        Authenticating next = new Authenticating(sa, services, connection, children, keyed);
        sa.become(next);
        next.start();
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    @Override
    public void addChild(ChildRequest request) {
        contents.addChild(request);
    }

    /** The peer may go over to an SA that we do not want any more, which its next answer shows. */
    void giveUp(CloseCause cause) {
        givenUp = cause;
    }

    boolean isGivenUp() {
        return givenUp != null;
    }

    private void start() {
        try {
            List<Payload> request = new ArrayList<>(rounds.begin());
            contents.buildRequest(authentication, request);
            sa.sendProtected(ExchangeType.IKE_AUTH, request);
        } catch (SignatureAwaitedException e) {
            await(e, new FirstRequest());
        } catch (ExchangeException e) {
            sa.fail(e.failure());
        }
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.of(connection);
    }

    @Override
    public void onResponse(InboundMessage response) {
        // with EAP-Failure its error says less than EAP does
        Optional<Failure> refusal =
                isEap(response) ? Optional.empty() : AuthRefusal.in(response, authentication, contents.isChildless());
        if (refusal.isPresent()) {
            sa.fail(refusal.get());
            return;
        }
        try {
            rounds.hear(response);
        } catch (ExchangeException e) {
            end(response, e.failure());
            return;
        }
        if (givenUp == null) {
            isHandedOver = true;
            AwaitingStatus.begin(
                    sa,
                    services,
                    keyed,
                    connection,
                    authentication.takeStatusQuestions(),
                    new GoingOn(response, rounds.isOver()));
        } else if (rounds.isOver()) {
            sa.sayGoodbye(givenUp);
        } else {
            sa.close(givenUp); // the peer, too, has nothing yet that would have to be deleted
        }
    }

    @Override
    public void onNoAnswer() {
        if (givenUp != null) {
            sa.close(givenUp);
            return;
        }
        sa.fail(AuthRefusal.noAnswer(sa.endpoints()));
    }

    @Override
    public void leave() {
        if (!isHandedOver) {
            abandon();
        }
    }

    private void abandon() {
        contents.abandon();
        rounds.close();
        authentication.close();
    }

    /** A peer that has refused us by EAP need not hear that we refuse it. */
    private void end(InboundMessage response, Failure failure) {
        boolean isRefused = response.error().isPresent()
                || response.first(EapPayload.class)
                        .flatMap(payload -> EapPacket.decode(payload.message()))
                        .filter(EapPacket.Failure.class::isInstance)
                        .isPresent();
        if (isEap(response) && isRefused) {
            sa.fail(failure);
        } else {
            sa.refuse(failure);
        }
    }

    private static boolean isEap(InboundMessage response) {
        return response.first(EapPayload.class).isPresent();
    }

    private void await(SignatureAwaitedException wanted, Continuation then) {
        isHandedOver = true;
        AwaitingSignature.begin(sa, services, keyed, connection, wanted, then);
    }

    private void resume() {
        if (sa.position() != this) {
            sa.become(this);
        }
        isHandedOver = false;
    }

    /** A token has signed it. */
    private final class FirstRequest implements Continuation {
        @Override
        public void goOn() {
            resume();
            start();
        }

        @Override
        public void abandon() {
            Authenticating.this.abandon();
        }

        @Override
        public boolean addChild(ChildRequest child) {
            contents.addChild(child);
            return true;
        }

        @Override
        public boolean isLast() {
            return false;
        }
    }

    /** What comes of a response that has been heard: nothing that a password could be guessed from goes to a revoked peer. */
    private final class GoingOn implements Admission {
        private final InboundMessage response;
        private final boolean isLast;

        GoingOn(InboundMessage response, boolean isLast) {
            this.response = response;
            this.isLast = isLast;
        }

        @Override
        public void admit() {
            if (isLast) {
                contents.establish(authentication, response);
                return;
            }
            resume();
            try {
                sa.sendProtected(ExchangeType.IKE_AUTH, rounds.next());
            } catch (SignatureAwaitedException e) {
                await(e, this);
            } catch (ExchangeException e) {
                sa.refuse(e.failure());
            }
        }

        @Override
        public void refuse(Failure failure) {
            abandon();
            sa.refuse(failure);
        }

        @Override
        public void abandon() {
            Authenticating.this.abandon();
        }

        @Override
        public boolean addChild(ChildRequest child) {
            contents.addChild(child);
            return true;
        }

        @Override
        public boolean isLast() {
            return isLast;
        }
    }
}
