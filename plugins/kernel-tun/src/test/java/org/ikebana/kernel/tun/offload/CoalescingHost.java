package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.tun.packet.Memory;

/** Uses a coalescer as its documentation says, and keeps the frames. */
final class CoalescingHost {
    private final Coalescer coalescer;
    private final List<byte[]> written = new ArrayList<>();

    CoalescingHost(Coalescer coalescer) {
        this.coalescer = coalescer;
    }

    void add(byte[] packet) {
        ByteBuffer memory = Memory.of(packet);
        while (!coalescer.add(memory, 0, packet.length)) {
            write();
        }
    }

    void flush() {
        while (!coalescer.isEmpty()) {
            write();
        }
    }

    private void write() {
        written.add(Memory.octets(coalescer.frame(), 0, coalescer.frameLength()));
        coalescer.reset();
    }

    List<byte[]> written() {
        return written;
    }
}
