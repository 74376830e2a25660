package org.ikebana.ike.sa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ExchangeException;
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
    private final Deque<Exchange> waiting = new ArrayDeque<>(2);
    private @Nullable Exchange current;

    private record Exchange(ExchangeType type, Task task, Consumer<Failure> unsent) {}

    ExchangeQueue(IkeSa sa) {
        this.sa = sa;
    }

    /** @param unsent is told when there is no request to be sent, and why */
    void add(ExchangeType type, Task task, Consumer<Failure> unsent) {
        if (waiting.size() >= LIMIT) {
            unsent.accept(new Failure.LocalFailure("too many exchanges are waiting", Optional.empty()));
            return;
        }
        waiting.add(new Exchange(type, task, unsent));
        next();
    }

    /** The IKE SA goes: what is under way will not be answered. */
    void abandon() {
        if (current != null) {
            current.task.abandon();
            current = null;
        }
        waiting.clear();
    }

    boolean isIdle() {
        return current == null && waiting.isEmpty();
    }

    void onResponse(InboundMessage response) {
        Exchange done = current;
        current = null;
        if (done != null) {
            try {
                done.task.processResponse(response);
            } catch (ExchangeException e) {
                sa.refuse(e.failure());
                return;
            }
        }
        next();
    }

    private void next() {
        if (current != null || waiting.isEmpty()) {
            return;
        }
        Exchange exchange = waiting.remove();
        current = exchange;
        List<Payload> request = new ArrayList<>();
        try {
            exchange.task.buildRequest(request);
        } catch (ExchangeException e) {
            current = null;
            exchange.task.abandon();
            exchange.unsent.accept(e.failure());
            next();
            return;
        }
        sa.sendProtected(exchange.type, request);
    }
}
