package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AuthLifetime;
import org.ikebana.ike.task.ChildDeletion;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;

/** The peer's INFORMATIONAL requests on an established IKE SA (RFC 7296 1.4). */
final class Informationals {
    private final IkeSa sa;
    private final Established established;

    Informationals(IkeSa sa, Established established) {
        this.sa = sa;
        this.established = established;
    }

    static boolean isDeletion(InboundMessage request) {
        return request.all(DeletePayload.class).stream().anyMatch(d -> d.protocolId() == ProtocolId.IKE);
    }

    void onRequest(InboundMessage request) {
        if (request.notify(NotifyType.AUTHENTICATION_FAILED).isPresent()) {
            sa.reply(request, List.of());
            sa.fail(new Failure.PeerRefused(
                    NotifyType.AUTHENTICATION_FAILED,
                    "it did not accept our proof of being " + established.localId()
                            + established
                                    .shown()
                                    .map(words -> "; see its log, whether it trusts " + words)
                                    .orElse("")));
        } else if (isDeletion(request)) {
            sa.reply(request, List.of());
            sa.close(established.isAtWork() ? established.ikeRekeys().onDelete() : CloseCause.REKEYED);
        } else {
            answer(request);
        }
    }

    private void answer(InboundMessage request) {
        AuthLifetime.in(request).ifPresent(established.lifetime()::onSaid);
        List<Payload> response = new ArrayList<>();
        ChildDeletion deletion = ChildDeletion.responder(established.rekeys()::onDelete);
        deletion.processRequest(request);
        deletion.buildResponse(response);
        established.crash().onRequest(request);
        Runnable move = established.mobility().onRequest(request, response);
        sa.reply(request, response);
        move.run();
    }
}
