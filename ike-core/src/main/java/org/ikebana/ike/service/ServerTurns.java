package org.ikebana.ike.service;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;

/** So many ask servers at a time, and so many one of them: who waits for a dead one keeps nobody from the others. */
final class ServerTurns {
    /** At a time, in all. */
    static final int MOST = 256;
    /** At a time, of one server. */
    static final int MOST_OF_ONE = 16;

    private final Semaphore all = new Semaphore(MOST, true);
    private final Map<String, Turns> byServer = new HashMap<>();

    private static final class Turns {
        private final Semaphore free = new Semaphore(MOST_OF_ONE, true);
        private int users;
    }

    /** Blocks until it is its turn and its work is done, or the deadline is over. */
    Fetched take(String server, Deadline deadline, Supplier<Fetched> work) throws InterruptedException {
        Turns turns = enter(server);
        try {
            return inTurn(turns.free, deadline, () -> inTurn(all, deadline, work::get));
        } finally {
            leave(server, turns);
        }
    }

    private interface Work {
        Fetched run() throws InterruptedException;
    }

    private static Fetched inTurn(Semaphore free, Deadline deadline, Work work) throws InterruptedException {
        if (!free.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            return tooLate();
        }
        try {
            return work.run();
        } finally {
            free.release();
        }
    }

    static Fetched tooLate() {
        return new Fetched.Failed("no answer within " + Fetch.PATIENCE.toSeconds() + " s");
    }

    private synchronized Turns enter(String server) {
        Turns turns = byServer.computeIfAbsent(server, name -> new Turns());
        turns.users++;
        return turns;
    }

    private synchronized void leave(String server, Turns turns) {
        if (--turns.users == 0) {
            byServer.remove(server);
        }
    }
}
