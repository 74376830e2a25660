package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.CreateChildSa;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/** A responder's part in the rekeying of a child SA, to the last of its exchanges. */
final class ChildRekeyAnswer implements FollowUpDesk.Owner {
    private final IkeSa sa;
    private final Established established;
    private final ChildSa old;
    private final ChildIntake intake;
    private final CreateChildSa exchange;
    private final Consumer<ChildRekeyAnswer> progress;
    private boolean isUnfinished;

    /** @param progress is told when the first exchange has been answered, and when the last has */
    ChildRekeyAnswer(
            IkeSa sa, SaServices services, Established established, ChildSa old, Consumer<ChildRekeyAnswer> progress) {
        this.sa = sa;
        this.established = established;
        this.old = old;
        this.progress = progress;
        this.intake = ChildIntake.replacing(sa.children(), old);
        this.exchange = CreateChildSa.responderOfRekey(
                services.crypto(),
                services.environment().random(),
                established.init(),
                intake,
                old.config(),
                old.selectors());
    }

    ChildSa old() {
        return old;
    }

    /** The pair; null before it is there, and if there is to be none. */
    @Nullable ChildSa result() {
        return intake.result();
    }

    /** Additional key exchanges are to come. */
    boolean isUnfinished() {
        return isUnfinished;
    }

    Octets lowestNonce() {
        return exchange.lowestNonce();
    }

    void respond(InboundMessage request) {
        List<Payload> response = new ArrayList<>();
        try {
            exchange.processRequest(request);
            exchange.buildResponse(response);
        } catch (ExchangeException e) {
            response.add(NotifyPayload.of(e.failure().notifyType().orElse(NotifyType.INVALID_SYNTAX)));
        }
        isUnfinished = exchange.followUp().isPresent();
        progress.accept(this);
        sa.reply(request, response);
        exchange.followUp().ifPresent(more -> established.followUps().await(exchange, more, this));
        reportFailure();
    }

    /** It is not to go on: the peer will hear that its state is not found. */
    void forget() {
        isUnfinished = false;
        established.followUps().forget(exchange);
    }

    @Override
    public void over() {
        isUnfinished = false;
        progress.accept(this);
        reportFailure();
    }

    @Override
    public void abandoned() {
        isUnfinished = false;
        progress.accept(this);
    }

    private void reportFailure() {
        exchange.failure()
                .filter(failure -> !(failure instanceof Failure.InvalidKeyExchange))
                .ifPresent(failure -> sa.reportFailure(Optional.of(old.name().child()), failure));
    }
}
