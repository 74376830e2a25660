package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AuthExtensions;
import org.ikebana.ike.task.AuthLifetime;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildCreation;
import org.ikebana.ike.task.ChildlessSupport;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.MobikeSupport;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * What a responder's IKE_AUTH is about beside who both are: the first child, and what both ends say of themselves. The first
 * request asks for it, the last response answers it.
 */
final class AuthAnswer {
    private final IkeSa sa;
    private final SaServices services;
    private final KeyedSa keyed;
    private final InboundMessage first;
    private final MobikeSupport mobike;
    private final AuthExtensions extensions;

    AuthAnswer(IkeSa sa, SaServices services, KeyedSa keyed, InboundMessage first) {
        this.sa = sa;
        this.services = services;
        this.keyed = keyed;
        this.first = first;
        Path path = sa.whereabouts().path();
        this.mobike = new MobikeSupport(path.nat().supported(), path.local(), path.remote());
        this.extensions = new AuthExtensions(CrashDetection.ownToken(services, sa.id()));
    }

    void processRequest() throws ExchangeException {
        mobike.processRequest(first);
        extensions.processRequest(first);
    }

    /** Whether the peer, who has proved itself, is welcome with what it asks for. */
    void check(Authentication peer) throws ExchangeException {
        ChildlessSupport.check(peer.connection(), first);
        boolean isWelcome = services.listener()
                .isWelcome(sa, peer.connection(), peer.localId(), peer.remoteId(), isInitialContact());
        if (!isWelcome) {
            throw new ExchangeException(new Failure.AuthenticationFailed(
                    "there is an IKE SA with " + peer.remoteId() + " already, and unique = keep keeps it",
                    Optional.ofNullable(peer.connection().places().get("unique"))));
        }
    }

    /**
     * @param last the request to reply to, perhaps the first
     * @param response what proves our identity, to be completed and sent
     */
    void establish(Authentication authentication, InboundMessage last, List<Payload> response) {
        enable(authentication.connection());
        mobike.buildResponse(response);
        extensions.buildResponse(response);
        KeyedSa settled = keyed.with(authentication.settle());
        Established established =
                new Establishment(sa, services).after(authentication, mobike, settled, isInitialContact());
        established.lifetime().toSay().map(AuthLifetime::toPayload).ifPresent(response::add);
        established.onAgreed(extensions);
        createChild(settled, authentication, response);
        sa.reply(last, response);
    }

    private void enable(ConnectionConfig connection) {
        boolean isProved = connection.remote().method() != AuthConfig.Method.NULL; // others stay where they are
        if (connection.mobike() && isProved) {
            mobike.enable(new PathChoice(services.environment(), connection)
                    .additional(sa.endpoints().local().getAddress()));
        }
    }

    private boolean isInitialContact() {
        return first.notify(NotifyType.INITIAL_CONTACT).isPresent();
    }

    private void createChild(KeyedSa settled, Authentication authentication, List<Payload> response) {
        ChildCreation child = ChildCreation.responder(
                services.crypto(),
                sa.children(),
                settled.authKeying(),
                () -> authentication.connection().tunnels());
        child.processRequest(first);
        child.buildResponse(response);
        child.failure().ifPresent(failure -> sa.reportFailure(child.childName(), failure));
    }
}
