package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.task.IkeRekey;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;

/** We have told the peer that the IKE SA is over and wait for its answer (RFC 7296 1.4.1, 2.21.2). */
final class Closing implements Position {
    private final IkeSa sa;
    private final KeyedSa keyed;
    private final Optional<ConnectionConfig> connection;
    private final CloseCause cause;
    private final Payload last;
    private final Optional<IkeRekey> rekey;
    private boolean sent;

    /**
     * @param last a Delete payload, or the notify that says what went wrong
     * @param rekey of ours, under way: its answer tells of a further IKE SA that is to go
     */
    Closing(
            IkeSa sa,
            KeyedSa keyed,
            Optional<ConnectionConfig> connection,
            CloseCause cause,
            Payload last,
            Optional<IkeRekey> rekey) {
        this.sa = sa;
        this.keyed = keyed;
        this.connection = connection;
        this.cause = cause;
        this.last = last;
        this.rekey = rekey;
    }

    /** A request that is still under way comes to its end first: the window is one. */
    void start() {
        if (!sa.exchanges().own().isUnderWay()) {
            sent = true;
            sa.sendProtected(ExchangeType.INFORMATIONAL, List.of(last));
        }
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
        if (!isInformational) { // RFC 7296 2.25.1, 2.25.2
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.TEMPORARY_FAILURE)));
            return;
        }
        sa.reply(request, List.of());
        boolean crossing = request.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE);
        if (crossing) {
            sa.close(cause);
        }
    }

    @Override
    public void onResponse(InboundMessage response) {
        if (sent) {
            sa.close(cause);
        } else {
            rekey.ifPresent(task -> task.processLast(response));
            start();
        }
    }

    @Override
    public void onNoAnswer() {
        sa.close(cause);
    }

    @Override
    public void leave() {
        rekey.ifPresent(IkeRekey::abandon);
    }
}
