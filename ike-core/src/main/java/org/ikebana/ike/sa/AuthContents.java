package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.task.AuthExtensions;
import org.ikebana.ike.task.AuthKeying;
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
import org.jspecify.annotations.Nullable;

/**
 * What an initiator's IKE_AUTH is about beside who it is: the first child, and what both ends say of themselves. It goes with
 * the first request, and is answered by the last response.
 */
final class AuthContents {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final List<ChildRequest> children;
    private final KeyedSa keyed;
    private final MobikeSupport mobike;
    private final AuthExtensions extensions;
    private @Nullable ChildCreation child;

    /** @param children the first goes into IKE_AUTH unless that is childless, the others follow in exchanges of their own */
    AuthContents(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.children = new ArrayList<>(children);
        this.keyed = keyed;
        this.extensions = new AuthExtensions(CrashDetection.ownToken(services, sa.id()));
        this.mobike = new MobikeSupport(
                keyed.init().nat().supported(),
                sa.endpoints().local(),
                sa.endpoints().remote());
        if (connection.mobike()) {
            mobike.enable(new PathChoice(services.environment(), connection)
                    .additional(sa.endpoints().local().getAddress()));
        }
    }

    void addChild(ChildRequest request) {
        children.add(request);
    }

    /** An IKE SA without a child was asked for, or one has come of it. */
    boolean isChildless() {
        return child == null;
    }

    /** @param authentication that has built its part of the request */
    void buildRequest(Authentication authentication, List<Payload> request) throws ExchangeException {
        boolean isFirst = !services.listener()
                .knows(authentication.localId(), connection.remote().id());
        if (isFirst && connection.unique() != UniquePolicy.NEVER) {
            request.add(NotifyPayload.of(NotifyType.INITIAL_CONTACT));
        }
        boolean leavesOutChild = ChildlessSupport.leavesOutChild(
                connection, keyed.init().extensions().childless(), !children.isEmpty());
        if (!leavesOutChild) {
            child = ChildCreation.initiator(
                    services.crypto(), sa.children(), new AuthKeying(authentication::keys), children.getFirst());
            child.buildRequest(request);
        }
        mobike.buildRequest(request);
        extensions.buildRequest(request);
    }

    /** The peer has proved itself with this response, its last. */
    void establish(Authentication authentication, InboundMessage response) {
        ChildCreation first = child;
        child = null;
        mobike.processResponse(response);
        extensions.processResponse(response);
        Established established = new Establishment(sa, services)
                .after(authentication, mobike, keyed.with(authentication.settle()), false);
        established.onAgreed(extensions);
        AuthLifetime.in(response).ifPresent(established.lifetime()::onSaid);
        boolean inAuth = first != null;
        if (first != null) {
            first.processResponse(response);
        }
        children.stream().skip(inAuth ? 1 : 0).forEach(c -> established.createChild(c, Optional.empty()));
        if (first != null) {
            first.orphan().ifPresent(established.deletions()::announceOrphan);
            first.failure().ifPresent(failure -> established.creations().onRefusedInAuth(children.getFirst(), failure));
        }
    }

    /** It has come to nothing. */
    void abandon() {
        if (child != null) {
            child.abandon();
        }
    }
}
