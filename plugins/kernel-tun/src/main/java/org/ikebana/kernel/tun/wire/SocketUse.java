package org.ikebana.kernel.tun.wire;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thread's announcement of the sockets that it is working with, so that nobody closes them under it: a hazard pointer.
 * The thread takes no lock; whoever closes has already taken the sockets out of what is current and then waits.
 */
final class SocketUse {
    private static final long PAUSE_NANOS = 20_000;

    private final AtomicReference<SocketSet> current;
    private final Runnable wake;
    private volatile @Nullable SocketSet inUse;
    private volatile @Nullable Thread user;

    /** @param wake has the thread come to {@link #end} soon, wherever it waits */
    SocketUse(AtomicReference<SocketSet> current, Runnable wake) {
        this.current = current;
        this.wake = wake;
    }

    /** The current sockets; they stay open until {@link #end}. */
    SocketSet begin() {
        if (user != Thread.currentThread()) {
            user = Thread.currentThread();
        }
        while (true) {
            SocketSet set = requireNonNull(current.get());
            inUse = set;
            // A set that is no longer current may have been found unused before it was announced.
            if (current.get() == set) {
                return set;
            }
        }
    }

    void end() {
        inUse = null;
    }

    /** Whether the calling thread is between {@link #begin} and {@link #end}. */
    boolean isOfThisThread() {
        return inUse != null && user == Thread.currentThread();
    }

    void wake() {
        wake.run();
    }

    /** Returns when no other thread works with such sockets any more. They are not current. */
    void awaitEnd(Predicate<SocketSet> sockets) {
        while (true) {
            SocketSet set = inUse;
            if (set == null || !sockets.test(set) || user == Thread.currentThread()) {
                return;
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }
}
