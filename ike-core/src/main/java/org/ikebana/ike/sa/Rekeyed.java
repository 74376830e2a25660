package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.ProtocolId;

/**
 * Another IKE SA goes on in the place of this one, and the peer is the one to delete it (RFC 7296 2.8). If it does not, we
 * do: it may be the very one that the peer goes on with, and then it learns that nobody is there.
 */
final class Rekeyed implements Position {
    /** A peer's DELETE has come by then, with all its retransmissions. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final IkeSa sa;
    private final KeyedSa keyed;
    private final Optional<ConnectionConfig> connection;
    private final Timer timeout;

    Rekeyed(IkeSa sa, SaServices services, KeyedSa keyed, Optional<ConnectionConfig> connection) {
        this.sa = sa;
        this.keyed = keyed;
        this.connection = connection;
        this.timeout = services.environment().after(PATIENCE, () -> sa.terminate(CloseCause.REKEYED));
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return connection;
    }

    @Override
    public void onRequest(InboundMessage request) {
        boolean isInformational = request.header()
                .exchange()
                .filter(ExchangeType.INFORMATIONAL::equals)
                .isPresent();
        if (!isInformational) {
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
            return;
        }
        sa.reply(request, List.of());
        if (request.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE)) {
            sa.close(CloseCause.REKEYED);
        }
    }

    @Override
    public void onResponse(InboundMessage response) {
        // What was under way when the new SA took over is of no use any more.
        sa.drop(DatagramDrop.OUTSIDE_WINDOW);
    }

    @Override
    public void onNoAnswer() {
        sa.close(CloseCause.REKEYED);
    }

    @Override
    public void leave() {
        timeout.cancel();
    }
}
