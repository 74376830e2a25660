package org.ikebana.kernel.tun.wire;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.jspecify.annotations.Nullable;

/**
 * One end of a wire in memory, for tests and simulations: what one end sends the other receives, from any thread, in order.
 * Like a network it is bounded and drops what does not fit.
 */
public final class MemoryWire {
    private static final int CAPACITY = 1024;
    private static final int SMALLEST_MTU = 68;
    private static final DatagramReceiver NO_IKE = datagram -> {};

    private final LinkedBlockingDeque<WirePacket> arrived = new LinkedBlockingDeque<>(CAPACITY);
    private final LongAdder overflows = new LongAdder();
    private final MemoryReceiver receiver = new MemoryReceiver(this);
    private volatile Predicate<WirePacket> filter = packet -> true;
    private volatile DatagramReceiver ike = NO_IKE;
    private volatile int mtu = EspPath.UNKNOWN_MTU;
    private volatile @Nullable MemoryWire other;

    private MemoryWire() {}

    /** Two ends of one wire. */
    public record Pair(MemoryWire left, MemoryWire right) {}

    public static Pair connect() {
        MemoryWire left = new MemoryWire();
        MemoryWire right = new MemoryWire();
        left.other = right;
        right.other = left;
        return new Pair(left, right);
    }

    /** Sends to the other end; one for each thread that asks. */
    public EspSender sender() {
        return new MemorySender(this);
    }

    /** What comes to this end; the same each time. */
    public EspReceiver receiver() {
        return receiver;
    }

    /** Where {@link EspReceiver#deliverIke} delivers to, from now on. */
    public void onIke(DatagramReceiver receiver) {
        ike = receiver;
    }

    /** Shows what this end sends to {@code filter}, on the sending thread, from now on; what it refuses is dropped. */
    public void filter(Predicate<WirePacket> filter) {
        this.filter = filter;
    }

    /**
     * Makes the way from here narrow: longer IP packets do not pass, and a path that may not be fragmented learns it.
     *
     * @param octets of the outer IP packet
     */
    public void mtu(int octets) {
        if (octets < SMALLEST_MTU) {
            throw new IllegalArgumentException(
                    "an MTU is at least %d (RFC 791), not %d".formatted(SMALLEST_MTU, octets));
        }
        mtu = octets;
    }

    /** Has a packet come to this end as if its source had sent it; false if it was dropped. */
    public boolean inject(WirePacket packet) {
        if (!arrived.offer(packet)) {
            overflows.increment();
            return false;
        }
        receiver.wake();
        return true;
    }

    /** Runs that came to this end faster than they were received. */
    public long overflows() {
        return overflows.sum();
    }

    int mtu() {
        return mtu;
    }

    /** Returns false if it did not get there. */
    boolean send(WirePacket packet) {
        MemoryWire to = other;
        return to != null && filter.test(packet) && to.inject(packet);
    }

    @Nullable WirePacket next() {
        return arrived.poll();
    }

    void deliver(Datagram datagram) {
        ike.onDatagram(datagram);
    }
}
