package org.ikebana.kernel.tun.wire;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.kernel.linux.AddressCache;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.MessageBatch;
import org.ikebana.kernel.linux.PacketInfo;
import org.ikebana.kernel.linux.SocketMessage;
import org.jspecify.annotations.Nullable;

/** Reads the sockets of one worker, whichever there are at the time. */
final class SocketReceiver implements EspReceiver {
    private static final int BATCH = 16;

    /** For the longest IP packet, or what the kernel merges into one. */
    private static final int ROOM = 65_536;

    private final int worker;
    private final SocketUse use;
    private final EventFd wakeup = new EventFd();
    private final MessageBatch batch = new MessageBatch(BATCH, ROOM);
    private final Runs runs = new Runs(batch, BATCH);
    private final AddressCache addresses = new AddressCache();
    private final LongAdder drops = new LongAdder();
    private @Nullable SocketSet set;
    private @Nullable PolledSockets sockets;
    private @Nullable WireSocket source;
    private int received;
    private boolean closed;

    SocketReceiver(int worker, CurrentSockets current) throws ErrnoException {
        this.worker = worker;
        this.use = current.use(this::interrupt);
    }

    @Override
    public void await() throws IOException {
        SocketSet now = use.begin();
        try {
            if (!now.open()) {
                throw new IOException("the sockets of ESP are closed");
            }
            sockets(now).await();
        } finally {
            use.end();
        }
    }

    @Override
    public int receive() throws IOException {
        release();
        SocketSet now = use.begin();
        try {
            return now.open() ? receive(sockets(now)) : 0;
        } finally {
            use.end();
        }
    }

    @Override
    public ByteBuffer memory() {
        return runs.memory();
    }

    @Override
    public int at(int i) {
        return runs.at[i];
    }

    @Override
    public int length(int i) {
        return runs.length[i];
    }

    @Override
    public int segment(int i) {
        return runs.segment[i];
    }

    @Override
    public boolean inUdp(int i) {
        return source != null && !source.raw();
    }

    @Override
    public int trafficClass(int i) {
        return runs.trafficClass[i];
    }

    @Override
    public long sourceHigh(int i) {
        return runs.sourceHigh[i];
    }

    @Override
    public long sourceLow(int i) {
        return runs.sourceLow[i];
    }

    @Override
    public int sourcePort(int i) {
        return runs.sourcePort[i];
    }

    @Override
    public long destinationHigh(int i) {
        return runs.destinationHigh[i];
    }

    @Override
    public long destinationLow(int i) {
        return runs.destinationLow[i];
    }

    /** Nothing is delivered for a transport that is closed. */
    @Override
    public void deliverIke(int i, int at, int length) {
        WireSocket from = source;
        if (from == null || from.raw()) {
            return;
        }
        NatPort port = from.port().orElseThrow();
        SocketSet now = use.begin();
        try {
            if (now.ports().contains(port)) {
                port.deliver(datagram(i, from, port, at, length));
            }
        } finally {
            use.end();
        }
    }

    /** What was cut off, empty or sent to a multicast or broadcast address, and errors that ICMP left behind. */
    long drops() {
        return drops.sum();
    }

    @Override
    public synchronized void wake() throws IOException {
        if (!closed) {
            wakeup.signal();
        }
    }

    /** The sockets are closed. */
    @Override
    public synchronized void close() {
        closed = true;
        wakeup.close();
    }

    private PolledSockets sockets(SocketSet now) {
        PolledSockets known = sockets;
        if (known == null || set != now) {
            known = new PolledSockets(now.readBy(worker), wakeup);
            sockets = known;
            set = now;
        }
        return known;
    }

    /** Gives the kernel the room of what was received last. */
    private void release() {
        for (int i = 0; i < received; i++) {
            batch.get(i).prepareToReceive();
        }
        received = 0;
        runs.clear();
    }

    private int receive(PolledSockets from) throws ErrnoException {
        source = from.next();
        if (source == null) {
            return 0;
        }
        received = receive(source);
        if (received < BATCH) {
            from.drained();
        }
        for (int i = 0; i < received; i++) {
            if (!runs.add(i, source.family(), source.raw())) {
                drops.increment();
            }
        }
        return runs.count();
    }

    private int receive(WireSocket from) throws ErrnoException {
        try {
            return batch.receive(from.descriptor());
        } catch (ErrnoException e) {
            if (e.is(Errno.EBADF) || e.is(Errno.EFAULT) || e.is(Errno.EINVAL)) {
                throw e;
            }
            // Left behind by an ICMP error; reading has cleared it.
            drops.increment();
            return 0;
        }
    }

    private Datagram datagram(int i, WireSocket from, NatPort port, int at, int length) {
        SocketMessage message = runs.message(i);
        InetSocketAddress local =
                requireNonNull(PacketInfo.destination(message, from.family(), port.number(), addresses));
        byte[] payload = new byte[length];
        runs.memory().get(at, payload);
        return new Datagram(local, message.sender(from.family(), addresses), payload);
    }

    private void interrupt() {
        try {
            wake();
        } catch (IOException e) {
            throw new IllegalStateException("the thread that receives ESP cannot be woken", e);
        }
    }
}
