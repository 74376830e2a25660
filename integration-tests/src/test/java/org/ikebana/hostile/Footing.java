package org.ikebana.hostile;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds on to.
 *
 * @param heapBytes live objects, after collections
 * @param directBytes memory of direct buffers
 * @param descriptors open files and sockets
 */
record Footing(long heapBytes, long directBytes, long descriptors) {
    static Footing now() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return new Footing(heap, direct, open.count());
        }
    }

    /** Since that time. */
    Footing growth(Footing before) {
        return new Footing(
                heapBytes - before.heapBytes, directBytes - before.directBytes, descriptors - before.descriptors);
    }

    @Override
    public String toString() {
        return "%d kB of heap, %d kB of direct memory, %d descriptors"
                .formatted(heapBytes >> 10, directBytes >> 10, descriptors);
    }
}
