package org.ikebana.ike.sa;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    private record Exchange(ExchangeType type, Task task) {}

    ExchangeQueue(IkeSa sa) {
        this.sa = sa;
    }

    /** @return false when too much is waiting already */
    boolean add(ExchangeType type, Task task) {
        if (waiting.size() >= LIMIT) {
            return false;
        }
        waiting.add(new Exchange(type, task));
        next();
        return true;
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
            Failure failure = e.failure();
            current = null;
            sa.warn(exchange.type + " not sent: " + failure.sentence());
            next();
            return;
        }
        sa.sendProtected(exchange.type, request);
    }
}
