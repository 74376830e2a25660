package org.ikebana.simulation;

import java.security.SecureRandom;
import java.util.Random;

/** The same numbers for the same seed, so that a run can be repeated. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    SeededRandom(long seed) {
        random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt() {
        return random.nextInt();
    }
}
