package org.ikebana.it.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what can only be looked at: the kernel's tables, a peer's list of SAs. */
public final class Await {
    private static final Duration POLL = Duration.ofMillis(20);

    private Await() {}

    /**
     * Until the condition holds.
     *
     * @throws AssertionError if it does not come true in time
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, condition::getAsBoolean, holds -> holds);
    }

    /** The same, looked at less often: what it costs to look would disturb what is looked at. */
    public static void until(String what, Duration limit, Duration pause, BooleanSupplier condition) {
        value(what, limit, pause, condition::getAsBoolean, holds -> holds);
    }

    /**
     * The first value that is wanted.
     *
     * @throws AssertionError with the last value, if none comes in time
     */
    public static <T> T value(String what, Duration limit, Supplier<T> source, Predicate<T> wanted) {
        return value(what, limit, POLL, source, wanted);
    }

    /** The same, looked at less often. */
    public static <T> T value(String what, Duration limit, Duration pause, Supplier<T> source, Predicate<T> wanted) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            T value = source.get();
            if (wanted.test(value)) {
                return value;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + "; last seen: " + value);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
