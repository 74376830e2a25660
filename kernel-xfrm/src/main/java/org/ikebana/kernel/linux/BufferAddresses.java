package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie in memory. To ask allocates, so the latest few are remembered, by identity, and kept reachable by
 * that. For one thread at a time.
 */
public final class BufferAddresses {
    private static final int PLACES = 8;

    private final @Nullable ByteBuffer[] buffers = new @Nullable ByteBuffer[PLACES];
    private final long[] addresses = new long[PLACES];
    private int next;

    /** The address of octet {@code at}, of a region that is checked to lie inside the buffer. */
    public long of(ByteBuffer buffer, int at, int length) {
        Objects.checkFromIndexSize(at, length, buffer.capacity());
        return of(buffer) + at;
    }

    /** The address of octet 0, wherever the buffer's position is. */
    public long of(ByteBuffer buffer) {
        for (int i = 0; i < PLACES; i++) {
            if (buffers[i] == buffer) {
                return addresses[i];
            }
        }
        return remember(buffer);
    }

    private long remember(ByteBuffer buffer) {
        int place = next;
        next = (place + 1) % PLACES;
        addresses[place] = NativeMemory.address(buffer);
        buffers[place] = buffer;
        return addresses[place];
    }
}
