package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AuthExtensions;
import org.ikebana.ike.task.AuthLifetime;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildCreation;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ChildlessSupport;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.MobikeSupport;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * Answers the IKE_AUTH of an initiator that has proved who it is (RFC 7296 1.2).
 *
 * @param request which the initiator repeats until it is answered
 */
record ResponderAdmission(
        IkeSa sa,
        SaServices services,
        KeyedSa keyed,
        MobikeSupport mobike,
        AuthExtensions extensions,
        Authentication authentication,
        InboundMessage request)
        implements Admission {
    @Override
    public void admit() {
        List<Payload> response = new ArrayList<>();
        try {
            authentication.buildResponse(response);
            ChildlessSupport.check(authentication.connection(), request);
            checkWelcome();
        } catch (ExchangeException e) {
            refuse(e.failure());
            return;
        }
        enable(authentication.connection());
        mobike.buildResponse(response);
        extensions.buildResponse(response);
        KeyedSa settled = keyed.with(authentication.settle());
        Established established =
                new Establishment(sa, services).after(authentication, mobike, settled, isInitialContact());
        established.lifetime().toSay().map(AuthLifetime::toPayload).ifPresent(response::add);
        established.onAgreed(extensions);
        createChild(settled, response);
        sa.reply(request, response);
    }

    @Override
    public void refuse(Failure failure) {
        authentication.close();
        sa.reply(request, List.of(NotifyPayload.of(failure.notifyType().orElse(NotifyType.AUTHENTICATION_FAILED))));
        sa.fail(failure);
    }

    @Override
    public void abandon() {
        authentication.close();
    }

    @Override
    public boolean addChild(ChildRequest child) {
        return false;
    }

    private void enable(ConnectionConfig connection) {
        if (connection.mobike()) {
            mobike.enable(new PathChoice(services.environment(), connection)
                    .additional(sa.endpoints().local().getAddress()));
        }
    }

    private void checkWelcome() throws ExchangeException {
        boolean isWelcome = services.listener()
                .isWelcome(
                        sa,
                        authentication.connection(),
                        authentication.localId(),
                        authentication.remoteId(),
                        isInitialContact());
        if (!isWelcome) {
            throw new ExchangeException(new Failure.AuthenticationFailed(
                    "there is an IKE SA with " + authentication.remoteId() + " already, and unique = keep keeps it",
                    Optional.ofNullable(authentication.connection().places().get("unique"))));
        }
    }

    private boolean isInitialContact() {
        return request.notify(NotifyType.INITIAL_CONTACT).isPresent();
    }

    private void createChild(KeyedSa settled, List<Payload> response) {
        ChildCreation child = ChildCreation.responder(
                services.crypto(),
                sa.children(),
                settled.authKeying(),
                () -> authentication.connection().children());
        child.processRequest(request);
        child.buildResponse(response);
        child.failure().ifPresent(failure -> sa.reportFailure(child.childName(), failure));
    }
}
