package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.task.FollowUps;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/**
 * A responder's CREATE_CHILD_SA exchanges that additional key exchanges are to follow, each known by the link that the peer was
 * given in the last response (RFC 9370 2.2.4).
 */
final class FollowUpDesk {
    /** How long the next request may take to come; the RFC names 5 to 20 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A peer with a window of one has one under way, and may have left others. */
    private static final int LIMIT = 4;

    private static final int MOST_FORGOTTEN = 3;

    private final IkeSa sa;
    private final SaServices services;
    private final Map<Octets, Unfinished> byLink = new LinkedHashMap<>(1);
    private int forgotten;

    /** Who waits for the last exchange. */
    interface Owner {
        /** It has been answered, or one before it refused: the task knows. */
        void over();

        /** The peer has not gone on. */
        void abandoned();
    }

    private record Unfinished(Task exchange, FollowUps followUps, Owner owner, Timer timeout) {}

    FollowUpDesk(IkeSa sa, SaServices services) {
        this.sa = sa;
        this.services = services;
    }

    /** A peer's exchange is not over. */
    boolean isWaiting() {
        return !byLink.isEmpty();
    }

    /**
     * The response to CREATE_CHILD_SA has been sent.
     *
     * @param exchange whose {@link Task#followUp} there is
     */
    void await(Task exchange, FollowUps followUps, Owner owner) {
        if (byLink.size() >= LIMIT) {
            abandon(byLink.keySet().iterator().next());
        }
        Octets link = followUps.link();
        Timer timeout = services.environment().after(PATIENCE, () -> abandon(link));
        byLink.put(link, new Unfinished(exchange, followUps, owner, timeout));
    }

    void onRequest(InboundMessage request) {
        Optional<Unfinished> found = request.notify(NotifyType.ADDITIONAL_KEY_EXCHANGE)
                .map(NotifyPayload::data)
                .map(byLink::remove);
        if (found.isEmpty()) {
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.STATE_NOT_FOUND)));
            return;
        }
        Unfinished unfinished = found.get();
        unfinished.timeout.cancel();
        List<Payload> response = new ArrayList<>();
        FollowUps followUps = unfinished.followUps;
        followUps.processRequest(request);
        followUps.buildResponse(response);
        sa.reply(request, response);
        if (followUps.followUp().isPresent()) {
            await(unfinished.exchange, followUps, unfinished.owner);
        } else {
            unfinished.owner.over();
        }
    }

    /** Of a request of ours: a peer that keeps forgetting cannot be rekeyed with (RFC 9370 2.2.4). */
    void onResponse(InboundMessage response) {
        boolean isForgotten = response.notify(NotifyType.STATE_NOT_FOUND).isPresent();
        forgotten = isForgotten ? forgotten + 1 : 0;
        if (forgotten >= MOST_FORGOTTEN) {
            sa.warn("the peer has forgotten " + forgotten + " unfinished exchanges in a row");
            sa.terminate(CloseCause.FAILED);
        }
    }

    /** The exchange is not to be completed; its owner knows. */
    void forget(Task exchange) {
        byLink.values().removeIf(unfinished -> {
            boolean isIt = unfinished.exchange == exchange;
            if (isIt) {
                unfinished.timeout.cancel();
                exchange.abandon();
            }
            return isIt;
        });
    }

    void leave() {
        for (Unfinished unfinished : byLink.values()) {
            unfinished.timeout.cancel();
            unfinished.exchange.abandon();
        }
        byLink.clear();
    }

    private void abandon(Octets link) {
        Unfinished unfinished = byLink.remove(link);
        if (unfinished != null) {
            unfinished.exchange.abandon();
            unfinished.owner.abandoned();
        }
    }
}
