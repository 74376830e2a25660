package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;

/** What a data plane does with its receivers, one thread each: IKE is delivered, all else kept as it came. */
final class Plane implements AutoCloseable {
    private static final int MARKER = 4;

    private final List<EspReceiver> receivers;
    private final List<Thread> threads = new ArrayList<>();
    private final LinkedBlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    /** One packet of a run. */
    record Packet(
            byte[] octets, boolean inUdp, int trafficClass, InetAddress source, int port, InetAddress destination) {}

    Plane(List<EspReceiver> receivers) {
        this.receivers = receivers;
        receivers.forEach(receiver ->
                threads.add(Thread.ofPlatform().name("plane").daemon().start(() -> run(receiver))));
    }

    static Plane of(EspSockets sockets, int workers) {
        List<EspReceiver> receivers = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            receivers.add(sockets.receiver(worker));
        }
        return new Plane(receivers);
    }

    /** The next packet that is not IKE, waited for with a bound. */
    Packet take() throws InterruptedException {
        Packet packet = packets.poll(10, TimeUnit.SECONDS);
        Assertions.assertThat(failure).hasNullValue();
        Assertions.assertThat(packet).as("a packet within 10 seconds").isNotNull();
        return packet;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    void clear() {
        packets.clear();
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        for (EspReceiver receiver : receivers) {
            receiver.wake();
        }
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Assertions.assertThat(thread.isAlive())
                    .as("the plane's thread goes on")
                    .isFalse();
        }
        Assertions.assertThat(failure).hasNullValue();
    }

    private void run(EspReceiver receiver) {
        try {
            while (!stopped) {
                receiver.await();
                int count = receiver.receive();
                for (int i = 0; i < count; i++) {
                    take(receiver, i);
                }
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void take(EspReceiver receiver, int i) throws UnknownHostException {
        int end = receiver.at(i) + receiver.length(i);
        for (int at = receiver.at(i); at < end; at += receiver.segment(i)) {
            int length = Math.min(receiver.segment(i), end - at);
            if (receiver.inUdp(i) && length > MARKER && receiver.memory().getInt(at) == 0) {
                receiver.deliverIke(i, at + MARKER, length - MARKER);
            } else {
                packets.add(packet(receiver, i, at, length));
            }
        }
    }

    private static Packet packet(EspReceiver receiver, int i, int at, int length) throws UnknownHostException {
        byte[] octets = new byte[length];
        receiver.memory().get(at, octets);
        return new Packet(
                octets,
                receiver.inUdp(i),
                receiver.trafficClass(i),
                address(receiver.sourceHigh(i), receiver.sourceLow(i)),
                receiver.sourcePort(i),
                address(receiver.destinationHigh(i), receiver.destinationLow(i)));
    }

    /** {@code getByAddress} makes an IPv4-mapped address the IPv4 address that it stands for. */
    private static InetAddress address(long high, long low) throws UnknownHostException {
        return InetAddress.getByAddress(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }
}
