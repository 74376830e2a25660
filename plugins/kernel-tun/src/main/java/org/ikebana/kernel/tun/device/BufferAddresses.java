package org.ikebana.kernel.tun.device;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.ikebana.kernel.linux.NativeMemory;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie in memory. The latest few are remembered, and kept reachable by that, since to ask allocates.
 * For one thread at a time.
 */
final class BufferAddresses {
    private static final int PLACES = 8;

    private final @Nullable ByteBuffer[] buffers = new @Nullable ByteBuffer[PLACES];
    private final long[] addresses = new long[PLACES];
    private int next;

    /** The address of octet {@code at}, of a region that was checked to lie inside the buffer. */
    long of(ByteBuffer buffer, int at, int length) {
        Objects.checkFromIndexSize(at, length, buffer.capacity());
        for (int i = 0; i < PLACES; i++) {
            if (buffers[i] == buffer) {
                return addresses[i] + at;
            }
        }
        int place = next;
        next = (place + 1) % PLACES;
        addresses[place] = NativeMemory.address(buffer);
        buffers[place] = buffer;
        return addresses[place] + at;
    }
}
