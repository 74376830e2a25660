package org.ikebana.ike.sa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AdditionalKeyExchange;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IntermediateContent;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An initiator that makes the additional key exchanges before IKE_AUTH, one in each IKE_INTERMEDIATE exchange (RFC 9242,
 * RFC 9370 2.2.2). After each one all keys of the IKE SA are new.
 */
final class Intermediate implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private final List<ChildRequest> children;
    private final Deque<KeyExchange> methods;
    private KeyedSa keyed;
    private @Nullable AdditionalKeyExchange underWay;
    private Octets request = Octets.EMPTY;

    /** @param init with at least one additional key exchange */
    Intermediate(
            IkeSa sa, SaServices services, ConnectionConfig connection, List<ChildRequest> children, InitResult init) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
        this.children = new ArrayList<>(children);
        this.methods = new ArrayDeque<>(init.algorithms().additional());
        this.keyed = KeyedSa.of(services, init);
    }

    void addChild(ChildRequest child) {
        children.add(child);
    }

    void start() {
        AdditionalKeyExchange exchange = new AdditionalKeyExchange(
                methods.remove(), services.environment().random());
        underWay = exchange;
        List<Payload> payloads = new ArrayList<>();
        exchange.buildRequest(payloads);
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
    public void onRequest(InboundMessage message) {
        sa.drop(DatagramDrop.AGAINST_THE_RULES); // nothing may come from a responder before it is authenticated
    }

    @Override
    public void onResponse(InboundMessage response) {
        Optional<NotifyPayload> error = response.error();
        if (error.isPresent()) {
            sa.fail(new Failure.PeerRefused(error.get().notifyType(), "it broke off after IKE_SA_INIT"));
            return;
        }
        AdditionalKeyExchange done = underWay;
        if (done == null) {
            throw new IllegalStateException("nothing is under way");
        }
        try (done) {
            done.processResponse(response);
        } catch (ExchangeException e) {
            sa.fail(e.failure());
            return;
        }
        goOn(done.shared(), response);
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
        }
    }

    private void goOn(Secret shared, InboundMessage response) {
        InitResult next = keyed.init()
                .afterIntermediate(
                        request,
                        response.content(),
                        Optional.of(shared),
                        sa.id().initiatorSpi(),
                        sa.id().responderSpi());
        keyed.close();
        if (methods.isEmpty()) {
            Authenticating authenticating = new Authenticating(sa, services, connection, children, next);
            sa.become(authenticating);
            authenticating.start();
        } else {
            keyed = KeyedSa.of(services, next);
            start();
        }
    }
}
