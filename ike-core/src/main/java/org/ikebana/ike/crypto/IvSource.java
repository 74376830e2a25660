package org.ikebana.ike.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Where the explicit initialization vectors of one direction come from. */
@FunctionalInterface
interface IvSource {
    /** Writes the next one to {@code packet[from, to)}. */
    void next(byte[] packet, int from, int to, SecureRandom random);

    /** Unpredictable, as CBC wants it (RFC 3602 2.1). */
    static IvSource random() {
        return (packet, from, to, random) -> {
            byte[] iv = new byte[to - from];
            random.nextBytes(iv);
            System.arraycopy(iv, 0, packet, from, iv.length);
        };
    }

    /**
     * A counter of 8 octets: under one key no value may come twice (RFC 5282 3, RFC 7634 2, RFC 3686 2.1). It starts
     * anywhere, so that a second cipher made of the same key by mistake does not repeat the first one's.
     */
    static IvSource counter() {
        return new Counter();
    }

    /** See {@link #counter()}. */
    final class Counter implements IvSource {
        private boolean started;
        private long value;

        @Override
        public void next(byte[] packet, int from, int to, SecureRandom random) {
            value = started ? value + 1 : random.nextLong();
            started = true;
            ByteBuffer.wrap(packet, from, to - from).putLong(value);
        }
    }
}
