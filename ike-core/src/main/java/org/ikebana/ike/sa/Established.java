package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.ChildDeletion;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Liveness;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
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
        this.queue = new ExchangeQueue(sa);
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
    }

    /** Removes a child here and tells the peer (RFC 7296 1.4.1). */
    void deleteChild(ChildSa child, CloseCause cause) {
        sa.children().remove(child, cause);
        if (!queue.add(
                ExchangeType.INFORMATIONAL,
                ChildDeletion.initiator(child.inbound().spi()))) {
            sa.warn("the peer was not told that " + child.name() + " is gone: too many exchanges are waiting");
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
        liveness.heard();
        switch (request.header().exchange().orElse(ExchangeType.IKE_AUTH)) {
            case INFORMATIONAL -> onInformational(request);
            // Further children and rekeys: no (RFC 7296 1.3 lets a responder hold to the one it has).
            case CREATE_CHILD_SA -> sa.reply(request, List.of(NotifyPayload.of(NotifyType.NO_ADDITIONAL_SAS)));
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
        keepalive.ifPresent(NatKeepalive::stop);
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
            sa.close(CloseCause.PEER);
            return;
        }
        List<Payload> response = new ArrayList<>();
        ChildDeletion deletion = ChildDeletion.responder(this::removeByOutboundSpi);
        deletion.processRequest(request);
        deletion.buildResponse(response);
        sa.reply(request, response);
    }

    private Optional<Spi> removeByOutboundSpi(Spi outbound) {
        Optional<ChildSa> child = sa.children().byOutboundSpi(outbound);
        child.ifPresent(c -> sa.children().remove(c, CloseCause.PEER));
        return child.map(ChildSa::inbound).map(SaKey::spi);
    }

    private void probe() {
        if (queue.isIdle()) {
            queue.add(ExchangeType.INFORMATIONAL, new Liveness());
        }
    }
}
