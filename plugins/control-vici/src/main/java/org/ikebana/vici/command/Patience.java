package org.ikebana.vici.command;

import java.time.Duration;
import org.ikebana.vici.wire.Message;

/**
 * How long a command waits for its result.
 *
 * @param milliseconds 0 for as long as it takes, less for not at all
 */
record Patience(long milliseconds, long start) {
    private static final Duration LONG = Duration.ofSeconds(10);

    /** By the key {@code timeout}, from now on; what is no number is none. */
    static Patience of(Message request) {
        return new Patience(Numbers.of(request, "timeout").orElse(0), System.nanoTime());
    }

    boolean isNone() {
        return milliseconds < 0;
    }

    boolean isOver() {
        return milliseconds > 0 && left() <= 0;
    }

    /** To wait now; when it is over is to be asked afterwards. */
    Duration turn() {
        return milliseconds > 0 ? Duration.ofMillis(Math.clamp(left(), 0, LONG.toMillis())) : LONG;
    }

    private long left() {
        return milliseconds - (System.nanoTime() - start) / 1_000_000;
    }
}
