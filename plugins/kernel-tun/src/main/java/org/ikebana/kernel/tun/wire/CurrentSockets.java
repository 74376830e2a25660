package org.ikebana.kernel.tun.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Hands sockets to the threads that work with them, and takes them away again: what is taken away is out of use when
 * {@link #remove} returns, and may be closed.
 */
final class CurrentSockets {
    private final AtomicReference<SocketSet> current;
    private final List<SocketUse> uses = new CopyOnWriteArrayList<>();

    CurrentSockets(SocketSet first) {
        current = new AtomicReference<>(first);
    }

    /** @param wake has the thread come to the end of its use soon, wherever it waits */
    SocketUse use(Runnable wake) {
        SocketUse use = new SocketUse(current, wake);
        uses.add(use);
        return use;
    }

    void add(NatPort port) {
        current.updateAndGet(set -> set.with(port));
        uses.forEach(SocketUse::wake);
    }

    /** The calling thread itself may be in the midst of using it, but does so no more. */
    void remove(NatPort port) {
        current.updateAndGet(set -> set.without(port));
        awaitEnd(set -> set.ports().contains(port));
    }

    /** Takes all away, for good. */
    void close() {
        current.updateAndGet(SocketSet::closed);
        awaitEnd(SocketSet::open);
    }

    /** Whether the calling thread is using sockets now. */
    boolean inUseHere() {
        return uses.stream().anyMatch(SocketUse::isOfThisThread);
    }

    private void awaitEnd(Predicate<SocketSet> gone) {
        uses.forEach(SocketUse::wake);
        uses.forEach(use -> use.awaitEnd(gone));
    }
}
