package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
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

/** Makes further child SAs on an established IKE SA (RFC 7296 1.3.1), and a child's parts one after the other (2.9). */
final class ChildCreations {
    /** More than a peer needs; a request beyond is answered with NO_ADDITIONAL_SAS (RFC 7296 1.3). */
    private static final int MOST_CHILDREN = 512;

    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final Map<ChildRequest, Timer> retries = new LinkedHashMap<>(1);
    private final CreationCollisions collisions;

    ChildCreations(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
        this.collisions = new CreationCollisions(sa, services, established);
    }

    /** @param group that the peer has asked for, if it has */
    void create(ChildRequest request, Optional<Integer> group) {
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.CREATE_CHILD_SA,
                        ExchangeQueue.Subject.CHILD,
                        now -> now.creations().begin(request, group),
                        (now, failure) -> now.creations().onUnsent(request, failure)));
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
                established.config().tunnels());
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
        if (theirs != null) {
            collisions.theirs(theirs, exchange.lowestNonce());
        }
        exchange.failure()
                .filter(failure -> !(failure instanceof Failure.InvalidKeyExchange))
                .ifPresent(failure -> sa.reportFailure(exchange.childName(), failure));
    }

    /** The child that was asked for with IKE_AUTH is not to be, or not as a whole. */
    void onRefusedInAuth(ChildRequest request, Failure failure) {
        onRefused(request, request, failure);
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
        Optional<ChildRequest> part = sa.children().partition().first(request);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        if (established.ikeRekeys().isUnderWay()) { // by the peer, which would refuse it (RFC 7296 2.25.2)
            retry(request);
            return Optional.empty();
        }
        ChildIntake intake = ChildIntake.atWork(sa.children());
        collisions.begin();
        return Optional.of(CreateChildSa.initiator(
                services.crypto(),
                services.environment().random(),
                established.init(),
                intake,
                part.get(),
                Optional.empty(),
                group,
                lowestNonce -> true, // of two that are made at once one is deleted afterwards
                done -> onResponse(done, request, part.get(), group, intake.result())));
    }

    private void onResponse(
            CreateChildSa done,
            ChildRequest request,
            ChildRequest asked,
            Optional<Integer> group,
            @Nullable ChildSa ours) {
        if (ours != null) {
            onCreated(ours, done.lowestNonce());
            return;
        }
        collisions.over(); // first, as whatever is announced may begin the next
        done.orphan().ifPresent(established.deletions()::announceOrphan);
        if (done.betterGroup().isPresent() && group.isEmpty()) {
            create(request, done.betterGroup());
        } else {
            done.failure()
                    .filter(failure -> !sa.children().partition().isServed(asked))
                    .ifPresent(failure -> onRefused(request, asked, failure));
        }
    }

    private void onCreated(ChildSa ours, Octets lowestNonce) {
        sa.children().partition().taken(ours);
        if (established.deletions().hasCome(ours.outbound().spi())) {
            collisions.over();
            sa.children().remove(ours, CloseCause.PEER);
        } else {
            collisions.ours(ours, lowestNonce);
        }
    }

    private void onRefused(ChildRequest request, ChildRequest asked, Failure failure) {
        boolean isBusy = failure instanceof Failure.PeerRefused refused && RetryDelays.isTemporary(refused.refusal());
        Partition partition = sa.children().partition();
        if (isBusy) {
            retry(request);
        } else if (!partition.refused(asked, failure)) {
            fail(request.config(), failure);
        } else if (partition.next(request).isPresent()) {
            create(request, Optional.empty());
        } else if (partition.isUp(request.config())) {
            partition.report(request.config(), failure);
        } else {
            fail(request.config(), failure);
        }
    }

    private void onUnsent(ChildRequest request, Failure failure) {
        fail(request.config(), failure);
    }

    private void retry(ChildRequest request) {
        Duration delay =
                RetryDelays.TEMPORARY_FAILURE.next(services.environment().random());
        retries.put(request, services.environment().after(delay, () -> {
            retries.remove(request);
            create(request, Optional.empty());
        }));
    }

    /** An IKE SA without children is of no use, and goes. */
    private void fail(ChildConfig child, Failure failure) {
        sa.reportFailure(Optional.of(child.name()), failure);
        services.listener().childFailed(sa, child, failure);
        boolean isUseless = sa.children().all().isEmpty()
                && sa.position() instanceof Established established
                && established.isIdle();
        if (isUseless) {
            sa.terminate(CloseCause.FAILED);
        }
    }
}
