package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.eap.EapPacket;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitiatorRounds;
import org.ikebana.ike.wire.EapPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/** An initiator that has sent the first IKE_AUTH of several: EAP (RFC 7296 2.16), or several authentications (RFC 4739). */
final class AuthenticatingInRounds implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final InitiatorRounds rounds;
    private final AuthContents contents;
    private @Nullable CloseCause givenUp;
    private boolean isHandedOver;

    AuthenticatingInRounds(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.keyed = keyed;
        this.authentication = services.authentication(sa, keyed.init(), (peer, wanted) -> connection);
        this.rounds = new InitiatorRounds(keyed.init(), connection, authentication, services.eap());
        this.contents = new AuthContents(sa, services, connection, children, keyed);
    }

    void addChild(ChildRequest request) {
        contents.addChild(request);
    }

    /** The peer may go over to an SA that we do not want any more, which its next answer shows. */
    void giveUp(CloseCause cause) {
        givenUp = cause;
    }

    boolean isGivenUp() {
        return givenUp != null;
    }

    void start() {
        try {
            List<Payload> request = new ArrayList<>(rounds.begin());
            contents.buildRequest(authentication, request);
            sa.sendProtected(ExchangeType.IKE_AUTH, request);
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
    public void onRequest(InboundMessage request) {
        sa.drop(DatagramDrop.AGAINST_THE_RULES); // nothing may come from a responder before it is authenticated
    }

    @Override
    public void onResponse(InboundMessage response) {
        // with EAP-Failure its error says less than EAP does
        boolean isEap = response.first(EapPayload.class).isPresent();
        Optional<Failure> refusal =
                isEap ? Optional.empty() : AuthRefusal.in(response, authentication, contents.isChildless());
        if (refusal.isPresent()) {
            sa.fail(refusal.get());
            return;
        }
        try {
            goOn(rounds.proceed(response), response);
        } catch (ExchangeException e) {
            end(response, e.failure());
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

    private void goOn(Optional<List<Payload>> next, InboundMessage response) {
        if (givenUp != null && next.isPresent()) {
            sa.close(givenUp); // the peer, too, has nothing yet that would have to be deleted
        } else if (givenUp != null) {
            sa.sayGoodbye(givenUp);
        } else {
            Admission admission = next.<Admission>map(NextRequest::new)
                    .orElseGet(() -> new InitiatorAdmission(sa, contents, authentication, response));
            isHandedOver = true;
            AwaitingStatus.begin(sa, services, keyed, connection, authentication.takeStatusQuestions(), admission);
        }
    }

    private void abandon() {
        contents.abandon();
        rounds.close();
        authentication.close();
    }

    /** A peer that has refused us need not hear that we refuse it. */
    private void end(InboundMessage response, Failure failure) {
        boolean isRefusedByEap = response.first(EapPayload.class)
                .flatMap(payload -> EapPacket.decode(payload.message()))
                .filter(EapPacket.Failure.class::isInstance)
                .isPresent();
        if (isRefusedByEap || response.error().isPresent()) {
            sa.fail(failure);
        } else {
            sa.refuse(failure);
        }
    }

    /** The exchange that follows; nothing that a password could be guessed from goes to a peer whose certificate is revoked. */
    private final class NextRequest implements Admission {
        private final List<Payload> request;

        NextRequest(List<Payload> request) {
            this.request = request;
        }

        @Override
        public void admit() {
            if (sa.position() != AuthenticatingInRounds.this) {
                sa.become(AuthenticatingInRounds.this);
            }
            isHandedOver = false;
            sa.sendProtected(ExchangeType.IKE_AUTH, request);
        }

        @Override
        public void refuse(Failure failure) {
            abandon();
            sa.refuse(failure);
        }

        @Override
        public void abandon() {
            AuthenticatingInRounds.this.abandon();
        }

        @Override
        public boolean addChild(ChildRequest child) {
            contents.addChild(child);
            return true;
        }

        @Override
        public boolean isPeerDone() {
            return false;
        }
    }
}
