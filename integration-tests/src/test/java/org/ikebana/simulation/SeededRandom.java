package org.ikebana.simulation;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** The same numbers for the same seed, so that a run can be repeated. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private static final int NONCE_LENGTH = 32;

    private final Random random;
    private final transient Deque<Byte> firstOctets = new ArrayDeque<>();

    SeededRandom(long seed) {
        random = new Random(seed);
    }

    /** The next draw of as many octets as a nonce has begins with this one. An exchange draws its nonce first. */
    void nextNonce(int firstOctet) {
        firstOctets.add((byte) firstOctet);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
        if (bytes.length == NONCE_LENGTH && !firstOctets.isEmpty()) {
            bytes[0] = firstOctets.remove();
        }
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
