package org.ikebana.kernel.tun.esp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory of one cipher, wiped on close and freed when it is no longer reachable: who works on its addresses keeps
 * it so. Freeing it on close would make all threads stop, which takes longer than a packet. Of one thread at a time.
 */
final class SecretMemory implements AutoCloseable {
    private static final int ALIGNMENT = 16;

    private final Arena arena = Arena.ofAuto();
    private final List<MemorySegment> parts = new ArrayList<>();

    /** Zeroed. */
    MemorySegment allocate(int octets) {
        MemorySegment part = arena.allocate(octets, ALIGNMENT);
        parts.add(part);
        return part;
    }

    MemorySegment copyOf(byte[] octets) {
        return allocate(octets.length).copyFrom(MemorySegment.ofArray(octets));
    }

    @Override
    public void close() {
        parts.forEach(part -> part.fill((byte) 0));
    }
}
