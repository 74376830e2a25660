package org.ikebana.it.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what can only be looked at: the kernel's tables, a peer's list of SAs. */
public final class Await {
    private static final long POLL_NANOS = 20_000_000;

    private Await() {}

    /**
     * Until the condition holds.
     *
     * @throws AssertionError if it does not come true in time
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, condition::getAsBoolean, holds -> holds);
    }

    /**
     * The first value that is wanted.
     *
     * @throws AssertionError with the last value, if none comes in time
     */
    public static <T> T value(String what, Duration limit, Supplier<T> source, Predicate<T> wanted) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            T value = source.get();
            if (wanted.test(value)) {
                return value;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + "; last seen: " + value);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
