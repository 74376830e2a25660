package org.ikebana.kernel.tun.wire;

import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.NativeMemory;
import org.jspecify.annotations.Nullable;

/** Where direct buffers lie. Asking costs an object, so the few that a sender works with are remembered. For one thread. */
final class DirectAddresses {
    private static final int PLACES = 16;

    private final @Nullable ByteBuffer[] buffers = new @Nullable ByteBuffer[PLACES];
    private final long[] addresses = new long[PLACES];
    private int last;
    private int next;

    /** Of the buffer's first octet. */
    long of(ByteBuffer buffer) {
        if (buffers[last] == buffer) {
            return addresses[last];
        }
        for (int i = 0; i < PLACES; i++) {
            if (buffers[i] == buffer) {
                last = i;
                return addresses[i];
            }
        }
        last = next;
        next = (next + 1) % PLACES;
        buffers[last] = buffer;
        addresses[last] = NativeMemory.address(buffer);
        return addresses[last];
    }
}
