package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildDeletion;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.CreateChildSa;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.Liveness;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.ProtocolId;

/** Both ends are authenticated; INFORMATIONAL and CREATE_CHILD_SA exchanges may come from either (RFC 7296 1.3, 1.4). */
final class Established implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final KeyedSa keyed;
    private final ConnectionConfig connection;
    private final Identity localId;
    private final Identity remoteId;
    private final ExchangeQueue queue;
    private final ChildRekeys rekeys;
    private final IkeRekeys ikeRekeys;
    private final LivenessCheck liveness;
    private final Optional<NatKeepalive> keepalive;

    Established(
            IkeSa sa,
            SaServices services,
            KeyedSa keyed,
            ConnectionConfig connection,
            Identity localId,
            Identity remoteId) {
        this.sa = sa;
        this.services = services;
        this.keyed = keyed;
        this.connection = connection;
        this.localId = localId;
        this.remoteId = remoteId;
        this.queue = new ExchangeQueue(sa, this);
        this.rekeys = new ChildRekeys(sa, services, this);
        this.ikeRekeys = new IkeRekeys(sa, services, this);
        this.liveness = new LivenessCheck(services.environment(), connection.dpdDelay(), sa, this::probe);
        Duration interval = services.settings().natKeepalive();
        this.keepalive = keyed.init().localBehindNat() && interval.isPositive()
                ? Optional.of(new NatKeepalive(services.environment(), interval, sa))
                : Optional.empty();
    }

    Identity localId() {
        return localId;
    }

    Identity remoteId() {
        return remoteId;
    }

    void start() {
        liveness.start();
        keepalive.ifPresent(NatKeepalive::start);
        ikeRekeys.start();
    }

    ExchangeQueue queue() {
        return queue;
    }

    ChildRekeys rekeys() {
        return rekeys;
    }

    IkeRekeys ikeRekeys() {
        return ikeRekeys;
    }

    InitResult init() {
        return keyed.init();
    }

    ConnectionConfig config() {
        return connection;
    }

    /** The successor says and does what this one has not yet. */
    void handOver(Established successor) {
        queue.moveTo(successor.queue);
        rekeys.moveTo(successor.rekeys);
        successor.start();
    }

    /** Removes a child here and tells the peer (RFC 7296 1.4.1). */
    void deleteChild(ChildSa child, CloseCause cause) {
        sa.children().remove(child, cause);
        rekeys.announceDeletion(child);
    }

    /** @param group that the peer has asked for, if it has */
    void createChild(ChildRequest request, Optional<Integer> group) {
        queue.add(new ExchangeQueue.Exchange(
                ExchangeType.CREATE_CHILD_SA,
                ExchangeQueue.Subject.CHILD,
                now -> Optional.of(now.creation(request, group)),
                failure -> sa.childFailed(request.config(), failure)));
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
        liveness.heard();
        switch (request.header().exchange().orElse(ExchangeType.IKE_AUTH)) {
            case INFORMATIONAL -> onInformational(request);
            case CREATE_CHILD_SA -> onCreateChildSa(request);
            default -> sa.drop(DatagramDrop.AGAINST_THE_RULES);
        }
    }

    @Override
    public void onResponse(InboundMessage response) {
        liveness.heard();
        queue.onResponse(response);
    }

    @Override
    public void onNoAnswer() {
        sa.close(CloseCause.DEAD_PEER);
    }

    @Override
    public void leave() {
        liveness.stop();
        rekeys.leave();
        ikeRekeys.leave();
        keepalive.ifPresent(NatKeepalive::stop);
        queue.abandon();
    }

    boolean isIdle() {
        return queue.isIdle();
    }

    private void onCreateChildSa(InboundMessage request) {
        Optional<NotifyPayload> rekeySa = request.notify(NotifyType.REKEY_SA);
        if (rekeySa.isEmpty() && request.ts(PayloadType.TSI).isEmpty()) {
            ikeRekeys.onRequest(request);
        } else if (ikeRekeys.isUnderWay()) { // RFC 7296 2.25.2
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
        } else if (rekeySa.isPresent()) {
            rekeys.onRequest(request, rekeySa.get());
        } else {
            onFurtherChild(request);
        }
    }

    private void onFurtherChild(InboundMessage request) {
        CreateChildSa exchange = CreateChildSa.responder(
                services.crypto(), services.environment().random(), keyed.init(), sa.children(), connection.children());
        List<Payload> response = new ArrayList<>();
        try {
            exchange.processRequest(request);
            exchange.buildResponse(response);
        } catch (ExchangeException e) {
            response.add(NotifyPayload.of(e.failure().notifyType().orElse(NotifyType.INVALID_SYNTAX)));
        }
        sa.reply(request, response);
        exchange.failure()
                .filter(failure -> !(failure instanceof Failure.InvalidKeyExchange))
                .ifPresent(failure -> sa.reportFailure(exchange.childName(), failure));
    }

    private CreateChildSa creation(ChildRequest request, Optional<Integer> group) {
        return CreateChildSa.initiator(
                services.crypto(),
                services.environment().random(),
                keyed.init(),
                sa.children(),
                request,
                Optional.empty(),
                group,
                done -> onChildCreated(done, request, group));
    }

    private void onChildCreated(CreateChildSa done, ChildRequest request, Optional<Integer> group) {
        if (done.betterGroup().isPresent() && group.isEmpty()) {
            createChild(request, done.betterGroup());
            return;
        }
        done.failure().ifPresent(failure -> sa.childFailed(request.config(), failure));
    }

    private void onInformational(InboundMessage request) {
        if (request.notify(NotifyType.AUTHENTICATION_FAILED).isPresent()) {
            sa.reply(request, List.of());
            sa.fail(new Failure.PeerRefused(
                    NotifyType.AUTHENTICATION_FAILED, "it did not accept our proof of being " + localId));
            return;
        }
        boolean wholeSa = request.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE);
        if (wholeSa) {
            sa.reply(request, List.of());
            ikeRekeys.onDelete();
            sa.close(CloseCause.PEER);
            return;
        }
        List<Payload> response = new ArrayList<>();
        ChildDeletion deletion = ChildDeletion.responder(rekeys::onDelete);
        deletion.processRequest(request);
        deletion.buildResponse(response);
        sa.reply(request, response);
    }

    private void probe() {
        if (queue.isIdle()) {
            queue.add(new ExchangeQueue.Exchange(
                    ExchangeType.INFORMATIONAL,
                    ExchangeQueue.Subject.OTHER,
                    now -> Optional.of(new Liveness()),
                    failure -> sa.warn(failure.sentence())));
        }
    }
}
