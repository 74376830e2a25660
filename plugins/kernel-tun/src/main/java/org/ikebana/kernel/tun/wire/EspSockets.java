package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;

/**
 * All sockets of ESP in user space. Raw ones are there from the beginning; the UDP port that ESP shares with IKE comes and
 * goes with the {@linkplain #openTransport transport}, while the workers' receivers and senders stay. IKE messages on that
 * port reach the transport's receiver through {@link EspReceiver#deliverIke}, on the workers' threads: without those
 * nothing is received there.
 */
public final class EspSockets implements AutoCloseable {
    private final EspSocketOptions options;
    private final RawEsp raw;
    private final CurrentSockets current;
    private final List<SocketReceiver> receivers;
    private final List<SocketSender> senders;
    private final Set<SharedTransport> transports = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EspSockets(
            EspSocketOptions options,
            RawEsp raw,
            CurrentSockets current,
            List<SocketReceiver> receivers,
            List<SocketSender> senders) {
        this.options = options;
        this.raw = raw;
        this.current = current;
        this.receivers = receivers;
        this.senders = senders;
    }

    /** Opens what can be had; whether that includes raw ESP says {@link #rawReason}. */
    public static EspSockets open(EspSocketOptions options) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            RawEsp raw = RawEsp.open(options);
            raw.sockets().ifPresent(sockets -> opening.add(sockets, RawSockets::close));
            CurrentSockets current = new CurrentSockets(new SocketSet(true, raw.sockets(), List.of()));
            Segmentation segmentation = new Segmentation();
            List<SocketReceiver> receivers = new ArrayList<>();
            List<SocketSender> senders = new ArrayList<>();
            for (int worker = 0; worker < options.workers(); worker++) {
                receivers.add(opening.add(new SocketReceiver(worker, current), SocketReceiver::close));
                senders.add(new SocketSender(worker, current, segmentation, options.mark()));
            }
            return opening.succeeded(
                    new EspSockets(options, raw, current, List.copyOf(receivers), List.copyOf(senders)));
        }
    }

    /**
     * Opens both ports of IKE.
     *
     * @param receiver is called by several threads: that of the plain port and the workers'
     * @throws IOException naming the port and the remedy when one cannot be had: it is in use, or privileges lack
     */
    public IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException {
        transports.removeIf(SharedTransport::isClosed);
        SharedTransport transport = SharedTransport.open(current, options, config, receiver);
        transports.add(transport);
        if (closed.get()) {
            transport.close();
            throw new IOException("the sockets of ESP are closed");
        }
        return transport;
    }

    /** What comes in for this worker, numbered from 0; the same each time. */
    public EspReceiver receiver(int worker) {
        return receivers.get(worker);
    }

    /** By which this worker, numbered from 0, sends; the same each time. */
    public EspSender sender(int worker) {
        return senders.get(worker);
    }

    /** Why there is no raw ESP, in words; empty if there is. */
    public Optional<String> rawReason() {
        return raw.reason();
    }

    /** What was received since the beginning and was cut off, empty or sent to a multicast or broadcast address. */
    public long receiveDrops() {
        return receivers.stream().mapToLong(SocketReceiver::drops).sum();
    }

    /** Closes transports that are still open, waits until no worker uses a socket, and has {@link EspReceiver#await} fail. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        transports.forEach(SharedTransport::close);
        current.close();
        receivers.forEach(SocketReceiver::close);
        raw.sockets().ifPresent(RawSockets::close);
    }
}
