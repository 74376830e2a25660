package org.ikebana.kernel.tun.wire;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.kernel.linux.IpFamily;

/** Sends into a {@link MemoryWire}. */
final class MemorySender implements EspSender {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    private final MemoryWire wire;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final LongAdder drops = new LongAdder();

    MemorySender(MemoryWire wire) {
        this.wire = wire;
    }

    /** The octets are taken at {@link #flush}, as those of a real sender are. */
    @Override
    public void add(EspPath path, int trafficClass, ByteBuffer memory, int at, int length, int segment) {
        Objects.checkFromIndexSize(at, length, memory.capacity());
        if (segment <= 0 || length > MAX_RUN) {
            throw new IllegalArgumentException(
                    "a run has at most %d octets in packets that have a length, not %d in packets of %d"
                            .formatted(MAX_RUN, length, segment));
        }
        if (length == 0) {
            return;
        }
        queue.add(() -> send(path, trafficClass, memory, at, length, Math.min(length, segment)));
    }

    @Override
    public void flush() {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    @Override
    public long drops() {
        return drops.sum();
    }

    @Override
    public void close() {
        queue.clear();
    }

    private void send(EspPath path, int trafficClass, ByteBuffer memory, int at, int length, int segment) {
        int mtu = wire.mtu();
        if (path.dontFragment() && outerLength(path, segment) > mtu) {
            path.learnMtu(mtu);
            drops.add((length + segment - 1) / segment);
            return;
        }
        byte[] octets = new byte[length];
        memory.get(at, octets);
        int sourcePort = path.encapsulation().map(Encapsulation::sourcePort).orElse(0);
        int destinationPort =
                path.encapsulation().map(Encapsulation::destinationPort).orElse(0);
        WirePacket packet = new WirePacket(
                path.encapsulation().isPresent(),
                new InetSocketAddress(path.source(), sourcePort),
                new InetSocketAddress(path.destination(), destinationPort),
                trafficClass,
                octets,
                segment);
        if (!wire.send(packet)) {
            drops.add((length + segment - 1) / segment);
        }
    }

    private static int outerLength(EspPath path, int segment) {
        int ip = path.family() == IpFamily.IPV4 ? IPV4_HEADER : IPV6_HEADER;
        return ip + (path.encapsulation().isPresent() ? UDP_HEADER : 0) + segment;
    }
}
