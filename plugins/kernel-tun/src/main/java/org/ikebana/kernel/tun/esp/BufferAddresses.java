package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie. A thread works on few, over and over: the last ones are remembered, by identity, so that
 * asking allocates nothing. Of one thread; keeps those buffers reachable.
 */
final class BufferAddresses {
    private static final int REMEMBERED = 4;

    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[REMEMBERED];
    private final long[] addresses = new long[REMEMBERED];
    private int next;

    /** The address of the buffer's octet 0, wherever its position is. */
    long of(ByteBuffer buffer) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (buffers[i] == buffer) {
                return addresses[i];
            }
        }
        return remember(buffer);
    }

    private long remember(ByteBuffer buffer) {
        long address = MemorySegment.ofBuffer(buffer).address() - buffer.position();
        buffers[next] = buffer;
        addresses[next] = address;
        next = (next + 1) % REMEMBERED;
        return address;
    }
}
