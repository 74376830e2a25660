package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie in memory. To ask allocates, so the latest few are remembered, and kept reachable by that. For
 * one thread at a time.
 */
public final class BufferAddresses {
    private static final int PLACES = 8;

    private final @Nullable ByteBuffer[] buffers = new @Nullable ByteBuffer[PLACES];
    private final long[] addresses = new long[PLACES];
    private int next;

    /** The address of octet {@code at}, of a region that is checked to lie inside the buffer. */
    public long of(ByteBuffer buffer, int at, int length) {
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
