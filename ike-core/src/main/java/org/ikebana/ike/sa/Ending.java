package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.task.IkeRekey;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/** The ways in which an IKE SA comes to its end (RFC 7296 1.4.1, 2.21, 2.25.2). */
final class Ending {
    private final IkeSa sa;
    private final SaServices services;
    private boolean isUnderWay;

    Ending(IkeSa sa, SaServices services) {
        this.sa = sa;
        this.services = services;
    }

    /** Its children go, and what is made in their place is none of its business any more. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    /** Removes the children now; where the peer knows of the SA it is told, and the SA goes when it answers or does not. */
    void terminate(CloseCause cause) {
        switch (sa.position()) {
            case Established established -> {
                removeChildren(cause);
                sayLast(cause, DeletePayload.ofIke(), established.queue().takeIkeRekey());
            }
            case Rekeyed rekeyed -> sayLast(cause, DeletePayload.ofIke(), Optional.empty());
            case Authenticating authenticating -> authenticating.giveUp(cause);
            case Awaiting waiting -> {
                if (waiting.isPeerDone()) {
                    sayLast(cause, DeletePayload.ofIke(), Optional.empty());
                } else {
                    end(cause, Optional.empty());
                }
            }
            case Closing closing -> {}
            case Initiating initiating -> end(cause, Optional.empty());
            case Intermediate intermediate -> end(cause, Optional.empty());
            case HalfOpen halfOpen -> end(cause, Optional.empty());
            case Closed closed -> {}
        }
    }

    /** Tells a peer that takes the SA for good what is wrong (RFC 7296 2.21.2). */
    void refuse(Failure failure) {
        if (sa.position().keyed().isEmpty() || failure.notifyType().isEmpty()) {
            end(CloseCause.FAILED, Optional.of(failure));
            return;
        }
        removeChildren(CloseCause.FAILED);
        NotifyPayload last = NotifyPayload.of(failure.notifyType().orElse(NotifyType.AUTHENTICATION_FAILED));
        sayLast(CloseCause.FAILED, last, Optional.empty());
    }

    /** @param rekey of ours, under way */
    void sayLast(CloseCause cause, Payload last, Optional<IkeRekey> rekey) {
        Position before = sa.position();
        KeyedSa keyed = before.keyed().orElseThrow();
        Closing closing = new Closing(sa, keyed, before.connection(), cause, last, rekey);
        sa.become(closing);
        closing.start();
    }

    /** At once; the peer learns nothing more. */
    void end(CloseCause cause, Optional<Failure> failure) {
        if (sa.isClosed()) {
            return;
        }
        sa.exchanges().stop();
        Position last = sa.position();
        removeChildren(cause);
        boolean wasKnown = cause != CloseCause.REKEYED && (last instanceof Established || last instanceof Closing);
        IkeSaName name = sa.name();
        Optional<ConnectionConfig> connection = sa.connection();
        last.keyed().ifPresent(KeyedSa::close);
        sa.become(new Closed());
        if (wasKnown) {
            services.environment().emit(new IkeEvent.IkeSaClosed(name, cause.words()));
        }
        services.listener().closed(sa, connection, cause, failure);
    }

    private void removeChildren(CloseCause cause) {
        isUnderWay = true;
        sa.children().removeAll(cause);
    }
}
