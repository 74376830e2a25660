package org.ikebana.ike.engine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * Which requests have been here before, within the last eight to sixteen seconds: long enough for a peer that gets no answer
 * to ask again. Its size does not depend on how many come, but some that are new are taken for repeated: of 100,000 a second one
 * in ten. One thread uses it.
 */
final class Repeats {
    private static final long PERIOD_NANOS = Duration.ofSeconds(8).toNanos();
    private static final int BITS = 23;

    private long[] current = new long[1 << BITS - 6];
    private long[] previous = new long[1 << BITS - 6];
    private long began;

    Repeats(long now) {
        this.began = now;
    }

    /**
     * Whether the same has been asked before; from now on it has.
     *
     * @param now in nanoseconds
     */
    boolean note(long initiatorSpi, InetSocketAddress remote, long now) {
        advance(now);
        long mixed = (initiatorSpi ^ remote.hashCode() * 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        int bit = (int) (mixed >>> 64 - BITS);
        int word = bit >> 6;
        long mask = 1L << bit;
        boolean isKnown = ((current[word] | previous[word]) & mask) != 0;
        current[word] |= mask;
        return isKnown;
    }

    private void advance(long now) {
        long age = now - began;
        if (age > PERIOD_NANOS) {
            long[] oldest = previous;
            previous = current;
            current = oldest;
            Arrays.fill(current, 0);
            if (age > 2 * PERIOD_NANOS) {
                Arrays.fill(previous, 0);
            }
            began = now;
        }
    }
}
