package org.ikebana.ike.sa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AdditionalKeyExchange;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitExtensions;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.MethodList;
import org.ikebana.ike.task.PeerSignatures;
import org.ikebana.ike.task.PpkExchange;
import org.ikebana.ike.task.PpkUse;
import org.ikebana.ike.task.SupportedAuthMethods;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IntermediateContent;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An initiator that makes the additional key exchanges before IKE_AUTH, one in each IKE_INTERMEDIATE exchange (RFC 9242,
 * RFC 9370 2.2.2), with the last of them agrees on a PPK (RFC 9867), and hears what the responder announces (RFC 9593).
 */
final class Intermediate implements Beginning {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final List<ChildRequest> children;
    private final Deque<KeyExchange> methods;
    private KeyedSa keyed;
    private @Nullable AdditionalKeyExchange underWay;
    private @Nullable PpkExchange ppk;
    private Octets request = Octets.EMPTY;

    /** @param keyed whose {@link #isNeeded} says so */
    Intermediate(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, KeyedSa keyed) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.children = new ArrayList<>(children);
        this.methods = new ArrayDeque<>(keyed.init().algorithms().additional());
        this.keyed = keyed;
    }

    /** Whether something has been agreed on that comes before IKE_AUTH. */
    static boolean isNeeded(InitResult init) {
        return !init.algorithms().additional().isEmpty()
                || isPpkAgreed(init)
                || init.extensions().methodsLater();
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    @Override
    public void addChild(ChildRequest child) {
        children.add(child);
    }

    void start() {
        List<Payload> payloads = new ArrayList<>();
        if (!methods.isEmpty()) {
            underWay = new AdditionalKeyExchange(
                    methods.remove(), services.environment().random());
            underWay.buildRequest(payloads);
        }
        if (methods.isEmpty() && isPpkAgreed(keyed.init())) { // no keys are made after these
            ppk = PpkExchange.initiator(
                    keyed.init(),
                    services.credentials().ppks(),
                    connection.ppk().id(),
                    sa.id().initiatorSpi(),
                    sa.id().responderSpi());
            ppk.buildRequest(payloads);
        }
        request = IntermediateContent.of(sa.exchanges().own().header(ExchangeType.IKE_INTERMEDIATE), payloads);
        sa.sendProtected(ExchangeType.IKE_INTERMEDIATE, payloads);
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
        Optional<NotifyPayload> error = response.error();
        if (error.isPresent()) {
            sa.fail(new Failure.PeerRefused(
                    error.get().notifyType(), advice(error.get().notifyType())));
            return;
        }
        try {
            if (ppk != null) {
                ppk.processResponse(response);
                checkPpk(ppk);
            }
            Optional<Secret> shared = Optional.empty();
            if (underWay != null) {
                underWay.processResponse(response);
                shared = Optional.of(underWay.shared());
            }
            goOn(shared, response);
        } catch (ExchangeException e) {
            sa.fail(e.failure());
        }
    }

    @Override
    public void onNoAnswer() {
        sa.fail(new Failure.NoAnswer("no answer from "
                + sa.endpoints().remote().getAddress().getHostAddress() + " port "
                + sa.endpoints().remote().getPort() + " to IKE_INTERMEDIATE, though it answered IKE_SA_INIT; are long"
                + " UDP datagrams and port 4500 let through? A smaller fragment_size may help"));
    }

    @Override
    public void leave() {
        if (underWay != null) {
            underWay.close();
            underWay = null;
        }
    }

    private void goOn(Optional<Secret> shared, InboundMessage response) {
        Optional<PpkExchange.Mix> mix = Optional.ofNullable(ppk).flatMap(PpkExchange::mix);
        InitResult next = keyed.init()
                .afterIntermediate(
                        request,
                        response.content(),
                        shared,
                        mix,
                        sa.id().initiatorSpi(),
                        sa.id().responderSpi());
        leave();
        boolean isLast = methods.isEmpty();
        keyed = keyed.followedBy(services, next.with(announced(response)));
        if (isLast) {
            Authenticating.begin(sa, services, connection, children, keyed);
        } else {
            start();
        }
    }

    /** With what the responder says only now (RFC 9593 3.1). */
    private PeerSignatures announced(InboundMessage response) {
        InitExtensions extensions = keyed.init().extensions();
        SupportedAuthMethods late = new SupportedAuthMethods(extensions.methodsLater(), MethodList.EMPTY);
        late.processLaterResponse(response, extensions.signatures().authorities());
        return extensions.signatures().announcing(late.peers());
    }

    private void checkPpk(PpkExchange exchange) throws ExchangeException {
        if (exchange.mix().isEmpty() && connection.ppk().required()) {
            throw new ExchangeException(new Failure.PeerIncompatible(
                    "the peer does not have the PPK "
                            + connection.ppk().id().map(Identity::toString).orElse("")
                            + ", or another secret under that id, and ppk_required asks for one; give both sides the same,"
                            + " or set ppk_required = no",
                    Optional.of(connection.place("ppk_id"))));
        }
    }

    private String advice(int notifyType) {
        return ppk != null && notifyType == NotifyType.AUTHENTICATION_FAILED
                ? "look whether it has the PPK "
                        + connection.ppk().id().map(Identity::toString).orElse("") + ", with the same secret"
                : "it broke off after IKE_SA_INIT";
    }

    private static boolean isPpkAgreed(InitResult init) {
        return init.extensions().ppk() == PpkUse.IN_INTERMEDIATE;
    }
}
