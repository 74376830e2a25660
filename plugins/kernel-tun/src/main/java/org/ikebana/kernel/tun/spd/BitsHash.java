package org.ikebana.kernel.tun.spd;

import java.util.SplittableRandom;

/**
 * A multilinear hash of {@link PacketBits}: its factors are random, so that whoever may choose selectors cannot choose which of
 * them collide. The uppermost bits are the good ones.
 */
final class BitsHash {
    private final long a;
    private final long b;
    private final long c;
    private final long d;
    private final long e;
    private final long f;

    BitsHash(SplittableRandom random) {
        a = random.nextLong() | 1;
        b = random.nextLong() | 1;
        c = random.nextLong() | 1;
        d = random.nextLong() | 1;
        e = random.nextLong() | 1;
        f = random.nextLong() | 1;
    }

    long of(PacketBits bits) {
        return of(
                bits.sourceHigh(),
                bits.sourceLow(),
                bits.destinationHigh(),
                bits.destinationLow(),
                bits.upperLayer(),
                bits.mark());
    }

    long of(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long upperLayer, int mark) {
        long sum = a * mix(sourceHigh)
                + b * mix(sourceLow)
                + c * mix(destinationHigh)
                + d * mix(destinationLow)
                + e * mix(upperLayer)
                + f * mark;
        return mix(sum) * a;
    }

    /** Brings upper bits down, which a product alone would lose off its top. */
    private static long mix(long value) {
        return value ^ value >>> 32;
    }
}
