package org.ikebana.ike.engine;

import java.time.Duration;
import org.ikebana.ike.environment.Environment;

/**
 * What cookies are made with, by whichever thread (RFC 7296 2.6). It changes with time; the one before is good for cookies that
 * are still on their way.
 */
final class CookieSecrets {
    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final int LENGTH = 32;

    private final Environment environment;
    private volatile Pair now;

    /**
     * The one in use and the one before it; nothing of them changes.
     *
     * @param madeAt when the first came into use, in nanoseconds of the environment's clock
     */
    record Pair(int generation, byte[] current, byte[] previous, long madeAt) {}

    CookieSecrets(Environment environment) {
        this.environment = environment;
        this.now = new Pair(0, fresh(), fresh(), environment.nanoTime());
    }

    Pair now() {
        Pair pair = now;
        return environment.nanoTime() - pair.madeAt > LIFETIME.toNanos() ? renew(pair) : pair;
    }

    /** Once in two minutes, by whoever comes first. */
    private synchronized Pair renew(Pair before) {
        if (now == before) {
            long time = environment.nanoTime();
            boolean isForgotten = time - before.madeAt > 2 * LIFETIME.toNanos(); // nobody may have asked for long
            now = new Pair(before.generation + 1, fresh(), isForgotten ? fresh() : before.current, time);
        }
        return now;
    }

    private byte[] fresh() {
        byte[] fresh = new byte[LENGTH];
        environment.random().nextBytes(fresh);
        return fresh;
    }
}
