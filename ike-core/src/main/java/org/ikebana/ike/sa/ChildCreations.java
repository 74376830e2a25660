package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.CreateChildSa;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Makes further child SAs on an established IKE SA (RFC 7296 1.3.1). Where both ends ask for the same one at once, the
 * exchange with the lowest nonce has lost, as with rekeys (RFC 7296 2.8.1), and whoever began it deletes what it made.
 */
final class ChildCreations {
    /** More than a peer needs; a request beyond is answered with NO_ADDITIONAL_SAS (RFC 7296 1.3). */
    private static final int MOST_CHILDREN = 512;

    /** A peer that knows that it has lost has deleted its pair by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final Map<ChildRequest, Timer> retries = new LinkedHashMap<>(1);
    private @Nullable ChildRequest underWay;
    private @Nullable Rival rival;

    /** What the peer has made while we were asking for the same. */
    private record Rival(ChildSa child, Octets lowestNonce) {}

    ChildCreations(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
    }

    /** @param group that the peer has asked for, if it has */
    void create(ChildRequest request, Optional<Integer> group) {
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.CREATE_CHILD_SA,
                        ExchangeQueue.Subject.CHILD,
                        now -> now.creations().begin(request, group),
                        failure -> sa.childFailed(request.config(), failure)));
    }

    /** The peer asks for a further child. */
    void onRequest(InboundMessage request) {
        if (sa.children().all().size() >= MOST_CHILDREN) {
            sa.reply(request, List.of(NotifyPayload.of(NotifyType.NO_ADDITIONAL_SAS)));
            return;
        }
        ChildIntake intake = ChildIntake.atWork(sa.children());
        CreateChildSa exchange = CreateChildSa.responder(
                services.crypto(),
                services.environment().random(),
                established.init(),
                intake,
                established.config().children());
        List<Payload> response = new ArrayList<>();
        try {
            exchange.processRequest(request);
            exchange.buildResponse(response);
        } catch (ExchangeException e) {
            response.add(NotifyPayload.of(e.failure().notifyType().orElse(NotifyType.INVALID_SYNTAX)));
        }
        sa.reply(request, response);
        exchange.followUp()
                .ifPresentOrElse(
                        more -> established.followUps().await(exchange, more, owner(exchange, intake)),
                        () -> onAnswered(exchange, intake));
    }

    private FollowUpDesk.Owner owner(CreateChildSa exchange, ChildIntake intake) {
        return new FollowUpDesk.Owner() {
            @Override
            public void over() {
                onAnswered(exchange, intake);
            }

            @Override
            public void abandoned() {} // what the peer wants it asks for again
        };
    }

    private void onAnswered(CreateChildSa exchange, ChildIntake intake) {
        ChildSa theirs = intake.result();
        if (theirs != null && isForTheSame(theirs)) {
            rival = new Rival(theirs, exchange.lowestNonce());
        }
        exchange.failure()
                .filter(failure -> !(failure instanceof Failure.InvalidKeyExchange))
                .ifPresent(failure -> sa.reportFailure(exchange.childName(), failure));
    }

    /** Something will be tried again. */
    boolean isWaiting() {
        return !retries.isEmpty();
    }

    void leave() {
        retries.values().forEach(Timer::cancel);
        retries.clear();
    }

    /** A rekeyed IKE SA goes on with what is to be tried again. */
    void moveTo(ChildCreations other) {
        List<ChildRequest> again = List.copyOf(retries.keySet());
        leave();
        again.forEach(request -> other.create(request, Optional.empty()));
    }

    /** Nothing, where the peer has made the same meanwhile. */
    private Optional<Task> begin(ChildRequest request, Optional<Integer> group) {
        if (sa.children().serves(request)) {
            return Optional.empty();
        }
        ChildIntake intake = ChildIntake.atWork(sa.children());
        underWay = request;
        rival = null;
        return Optional.of(CreateChildSa.initiator(
                services.crypto(),
                services.environment().random(),
                established.init(),
                intake,
                request,
                Optional.empty(),
                group,
                lowestNonce -> true, // of two that are made at once one is deleted afterwards
                done -> onResponse(done, request, group, intake.result())));
    }

    private void onResponse(CreateChildSa done, ChildRequest request, Optional<Integer> group, @Nullable ChildSa ours) {
        Rival met = rival;
        underWay = null;
        rival = null;
        done.orphan().ifPresent(established.deletions()::announceOrphan);
        if (ours != null) {
            onCreated(ours, done.lowestNonce(), Optional.ofNullable(met));
        } else if (done.betterGroup().isPresent() && group.isEmpty()) {
            create(request, done.betterGroup());
        } else {
            done.failure().filter(failure -> !sa.children().serves(request)).ifPresent(f -> onRefused(request, f));
        }
    }

    private void onCreated(ChildSa ours, Octets lowestNonce, Optional<Rival> met) {
        if (established.deletions().hasCome(ours.outbound().spi())) {
            sa.children().remove(ours, CloseCause.PEER);
            return;
        }
        Optional<Rival> other =
                met.filter(m -> sa.children().atWorkInsteadOf(m.child).isPresent());
        if (other.isEmpty()) {
            return;
        }
        if (lowestNonce.compareTo(other.get().lowestNonce) < 0) {
            established.deleteChild(ours, CloseCause.REDUNDANT);
        } else {
            ChildSas children = sa.children(); // they may move to another IKE SA meanwhile
            services.environment()
                    .after(
                            PATIENCE,
                            () -> children.atWorkInsteadOf(other.get().child)
                                    .ifPresent(late -> children.owner().deleteChild(late, CloseCause.REDUNDANT)));
        }
    }

    private void onRefused(ChildRequest request, Failure failure) {
        boolean isBusy = failure instanceof Failure.PeerRefused refused && RetryDelays.isTemporary(refused.refusal());
        if (!isBusy) {
            sa.childFailed(request.config(), failure);
            return;
        }
        Duration delay =
                RetryDelays.TEMPORARY_FAILURE.next(services.environment().random());
        retries.put(request, services.environment().after(delay, () -> {
            retries.remove(request);
            create(request, Optional.empty());
        }));
    }

    private boolean isForTheSame(ChildSa theirs) {
        return underWay != null
                && underWay.config().name().equals(theirs.config().name())
                && underWay.isServedBy(theirs.selectors());
    }
}
