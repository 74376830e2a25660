package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.SignatureAwaitedException;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/** An initiator that has sent IKE_AUTH (RFC 7296 1.2). */
final class Authenticating implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final AuthContents contents;
    private @Nullable CloseCause givenUp;
    private boolean isHandedOver;

    /** @param children the first goes into IKE_AUTH unless that is childless, the others follow in exchanges of their own */
    Authenticating(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.keyed = keyed;
        this.authentication = services.authentication(sa, keyed.init(), (peer, wanted) -> connection);
        this.authentication.letOthersGoOn();
        this.contents = new AuthContents(sa, services, connection, children, keyed);
    }

    void addChild(ChildRequest request) {
        contents.addChild(request);
    }

    /** The peer may have gone over to an SA that we do not want any more: it is deleted once its answer is here. */
    void giveUp(CloseCause cause) {
        givenUp = cause;
    }

    boolean isGivenUp() {
        return givenUp != null;
    }

    void start() {
        try {
            List<Payload> request = new ArrayList<>();
            authentication.buildRequest(request);
            contents.buildRequest(authentication, request);
            sa.sendProtected(ExchangeType.IKE_AUTH, request);
        } catch (SignatureAwaitedException e) {
            isHandedOver = true;
            AwaitingSignature.begin(sa, services, keyed, connection, e, new Signed());
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
        Optional<Failure> refusal = AuthRefusal.in(response, authentication, connection, contents.isChildless());
        if (refusal.isPresent()) {
            sa.fail(refusal.get());
            return;
        }
        try {
            authentication.processResponse(response);
        } catch (ExchangeException e) {
            sa.refuse(e.failure());
            return;
        }
        if (givenUp != null) {
            sa.sayGoodbye(givenUp);
            return;
        }
        isHandedOver = true;
        AwaitingStatus.begin(
                sa,
                services,
                keyed,
                connection,
                authentication.takeStatusQuestions(),
                new InitiatorAdmission(sa, contents, authentication, response));
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
        if (isHandedOver) {
            return;
        }
        abandon();
    }

    private void abandon() {
        contents.abandon();
        authentication.close();
    }

    /** The request can be built. */
    private final class Signed implements Continuation {
        @Override
        public void goOn() {
            sa.become(Authenticating.this);
            isHandedOver = false;
            start();
        }

        @Override
        public void abandon() {
            Authenticating.this.abandon();
        }

        @Override
        public boolean addChild(ChildRequest request) {
            contents.addChild(request);
            return true;
        }

        @Override
        public boolean isPeerDone() {
            return false;
        }
    }
}
