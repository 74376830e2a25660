package org.ikebana.ike.sa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.FollowUps;
import org.ikebana.ike.task.IkeRekey;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Task;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/** What an established IKE SA still has to say, one exchange at a time (RFC 7296 2.3: a window of one). */
final class ExchangeQueue {
    /** More than a well-behaved SA ever has waiting; what is beyond is refused. */
    private static final int LIMIT = 64;

    private final IkeSa sa;
    private final Established established;
    private final Deque<Exchange> waiting = new ArrayDeque<>(2);
    private @Nullable Exchange current;
    private @Nullable Task task;

    /** Of the exchange that the one under way follows, or the same. */
    private @Nullable Task origin;

    /** What an exchange is about: decides what may be done at the same time (RFC 7296 2.25). */
    enum Subject {
        /** Makes, rekeys or deletes a child SA. */
        CHILD,
        IKE_REKEY,
        OTHER
    }

    /**
     * @param begin makes the task once its turn has come, with the keys of the IKE SA as it is then; empty if there is
     *     nothing to be done any more
     * @param unsent is told when there is no request to be sent, by the IKE SA as it is then, and why
     */
    record Exchange(
            ExchangeType type,
            Subject subject,
            Function<Established, Optional<Task>> begin,
            BiConsumer<Established, Failure> unsent) {}

    ExchangeQueue(IkeSa sa, Established established) {
        this.sa = sa;
        this.established = established;
    }

    void add(Exchange exchange) {
        if (waiting.size() >= LIMIT) {
            exchange.unsent.accept(
                    established, new Failure.LocalFailure("too many exchanges are waiting", Optional.empty()));
            return;
        }
        waiting.add(exchange);
        next();
    }

    /** Before all that is waiting: it does not count against the limit. */
    void addFirst(Exchange exchange) {
        waiting.addFirst(exchange);
        next();
    }

    /** Our rekey of the IKE SA, if it is under way; the caller reads its answer or abandons it. */
    Optional<IkeRekey> takeIkeRekey() {
        if (!(origin instanceof IkeRekey rekey)) {
            return Optional.empty();
        }
        task = null;
        origin = null;
        return Optional.of(rekey);
    }

    /** The IKE SA goes: what is under way will not be answered. */
    void abandon() {
        if (origin != null) {
            origin.abandon();
        }
        current = null;
        task = null;
        origin = null;
        waiting.clear();
    }

    /** A rekeyed IKE SA says what this one has not said yet. */
    void moveTo(ExchangeQueue other) {
        List<Exchange> moved = List.copyOf(waiting);
        waiting.clear();
        moved.stream().filter(e -> e.subject != Subject.IKE_REKEY).forEach(other::add);
    }

    boolean isIdle() {
        return current == null && waiting.isEmpty();
    }

    /** Whether a request about this is under way. */
    boolean isAbout(Subject subject) {
        return current != null && current.subject == subject;
    }

    void onResponse(InboundMessage response) {
        Exchange exchange = current;
        Task done = task;
        Task first = origin;
        current = null;
        task = null;
        origin = null;
        if (done != null && exchange != null) {
            try {
                done.processResponse(response);
            } catch (ExchangeException e) {
                sa.refuse(e.failure());
                return;
            }
            Optional<FollowUps> more = done.followUp();
            if (more.isPresent()) {
                current = exchange;
                task = more.get();
                origin = first;
                send(ExchangeType.IKE_FOLLOWUP_KE, more.get());
                return;
            }
        }
        next();
    }

    private void send(ExchangeType type, FollowUps followUps) {
        List<Payload> request = new ArrayList<>();
        followUps.buildRequest(request);
        sa.sendProtected(type, request);
    }

    private void next() {
        while (current == null && !waiting.isEmpty()) {
            begin(waiting.remove());
        }
    }

    private void begin(Exchange exchange) {
        Optional<Task> begun = exchange.begin.apply(established);
        if (begun.isEmpty()) {
            return;
        }
        current = exchange;
        task = begun.get();
        origin = begun.get();
        List<Payload> request = new ArrayList<>();
        try {
            begun.get().buildRequest(request);
        } catch (ExchangeException e) {
            current = null;
            task = null;
            origin = null;
            begun.get().abandon();
            exchange.unsent.accept(established, e.failure());
            return;
        }
        sa.sendProtected(exchange.type, request);
    }
}
