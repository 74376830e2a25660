package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AuthExtensions;
import org.ikebana.ike.task.AuthKeying;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildCreation;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ChildlessSupport;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.MobikeSupport;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/** An initiator that has sent IKE_AUTH (RFC 7296 1.2). */
final class Authenticating implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final List<ChildRequest> children;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final MobikeSupport mobike;
    private final AuthExtensions extensions;
    private @Nullable ChildCreation child;
    private @Nullable CloseCause givenUp;
    private boolean isHandedOver;

    /** @param children the first goes into IKE_AUTH unless that is childless, the others follow in exchanges of their own */
    Authenticating(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.children = new ArrayList<>(children);
        this.keyed = keyed;
        this.authentication = new Authentication(
                keyed.init(),
                services.credentials(),
                (peer, wanted) -> connection,
                sa.endpoints().local().getAddress(),
                services.signatures(keyed.init().extensions().signatures()));
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
        Optional<NotifyPayload> error = response.error();
        boolean isProof = response.first(AuthPayload.class).isPresent();
        if (error.isPresent() && (!isProof || endsIkeSa(error.get().notifyType()))) {
            sa.fail(new Failure.PeerRefused(
                    error.get().notifyType(), advice(error.get().notifyType())));
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
        InitiatorAdmission admission = new InitiatorAdmission(
                sa,
                services,
                keyed,
                mobike,
                extensions,
                authentication,
                Optional.ofNullable(child),
                children,
                response);
        isHandedOver = true;
        AwaitingStatus.begin(sa, services, keyed, authentication, admission);
    }

    @Override
    public void onNoAnswer() {
        if (givenUp != null) {
            sa.close(givenUp);
            return;
        }
        sa.fail(new Failure.NoAnswer(
                "no answer from " + sa.endpoints().remote().getAddress().getHostAddress()
                        + " port " + sa.endpoints().remote().getPort()
                        + " to IKE_AUTH, though it answered IKE_SA_INIT; is UDP port 4500 let through?"));
    }

    @Override
    public void leave() {
        if (isHandedOver) {
            return;
        }
        if (child != null) {
            child.abandon();
        }
        authentication.close();
    }

    /** Without a DELETE, and whatever else is in the answer (RFC 7296 2.21.2). */
    private static boolean endsIkeSa(int notifyType) {
        return notifyType == NotifyType.AUTHENTICATION_FAILED
                || notifyType == NotifyType.INVALID_SYNTAX
                || notifyType == NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD;
    }

    private String advice(int notifyType) {
        boolean isPsk = connection.local().method() == AuthConfig.Method.PSK;
        return switch (notifyType) {
            case NotifyType.AUTHENTICATION_FAILED ->
                (isPsk ? "compare the secrets of both sides" : "see its log, whether it trusts our certificate")
                        + ", and whether it expects us to be "
                        + authentication.localId() + " and is itself "
                        + connection.remote().id()
                        + authentication
                                .ppkInUse()
                                .map(id -> ", and whether it has the PPK " + id + ", with the same secret")
                                .orElse("");
            case NotifyType.INVALID_SYNTAX ->
                child == null
                        ? "perhaps it wants a child SA together with the IKE SA: compare childless of both sides"
                        : "perhaps it wants the IKE SA without a child SA first: compare childless of both sides";
            default -> "";
        };
    }
}
