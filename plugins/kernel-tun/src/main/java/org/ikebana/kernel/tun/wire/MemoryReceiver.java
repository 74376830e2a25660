package org.ikebana.kernel.tun.wire;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.ikebana.ike.kernel.Datagram;
import org.jspecify.annotations.Nullable;

/** Receives from a {@link MemoryWire}. */
final class MemoryReceiver implements EspReceiver {
    private static final int BATCH = 16;
    private static final int ROOM = 65_536;

    private final MemoryWire wire;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(BATCH * ROOM);
    private final @Nullable WirePacket[] runs = new @Nullable WirePacket[BATCH];
    private final Semaphore wakeups = new Semaphore(0);
    private volatile boolean closed;

    MemoryReceiver(MemoryWire wire) {
        this.wire = wire;
    }

    @Override
    public void await() throws IOException {
        wakeups.acquireUninterruptibly();
        wakeups.drainPermits();
        if (closed) {
            wake();
            throw new IOException("the wire is closed");
        }
    }

    @Override
    public int receive() {
        int count = 0;
        while (count < BATCH) {
            WirePacket packet = wire.next();
            if (packet == null) {
                return count;
            }
            memory.put(at(count), packet.octets());
            runs[count++] = packet;
        }
        // There may be more, for which nobody may come to wake.
        wake();
        return count;
    }

    @Override
    public ByteBuffer memory() {
        return memory;
    }

    @Override
    public int at(int i) {
        return i * ROOM;
    }

    @Override
    public int length(int i) {
        return run(i).octets().length;
    }

    @Override
    public int segment(int i) {
        return Math.min(run(i).segment(), length(i));
    }

    @Override
    public boolean inUdp(int i) {
        return run(i).inUdp();
    }

    @Override
    public int trafficClass(int i) {
        return run(i).trafficClass();
    }

    @Override
    public long sourceHigh(int i) {
        return high(run(i).source().getAddress());
    }

    @Override
    public long sourceLow(int i) {
        return low(run(i).source().getAddress());
    }

    @Override
    public int sourcePort(int i) {
        return run(i).source().getPort();
    }

    @Override
    public long destinationHigh(int i) {
        return high(run(i).destination().getAddress());
    }

    @Override
    public long destinationLow(int i) {
        return low(run(i).destination().getAddress());
    }

    @Override
    public void deliverIke(int i, int at, int length) {
        WirePacket packet = run(i);
        byte[] payload = new byte[length];
        memory.get(at, payload);
        wire.deliver(new Datagram(packet.destination(), packet.source(), payload));
    }

    @Override
    public void wake() {
        wakeups.release();
    }

    /** Has {@link #await} fail. */
    @Override
    public void close() {
        closed = true;
        wake();
    }

    private WirePacket run(int i) {
        return requireNonNull(runs[i]);
    }

    private static long high(InetAddress address) {
        return address instanceof Inet4Address
                ? 0
                : ByteBuffer.wrap(address.getAddress()).getLong(0);
    }

    private static long low(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? 0xffff_0000_0000L | Integer.toUnsignedLong(octets.getInt(0))
                : octets.getLong(Long.BYTES);
    }
}
