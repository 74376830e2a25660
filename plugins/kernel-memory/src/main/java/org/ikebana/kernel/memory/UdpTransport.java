package org.ikebana.kernel.memory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** IKE on plain UDP sockets, for a daemon that has no kernel to key. One thread receives. */
final class UdpTransport implements IkeTransport {
    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);
    private static final int MAXIMUM_DATAGRAM = 65_535;
    private static final int BATCH = 16;

    private final UdpSockets sockets;
    private final DatagramReceiver receiver;
    private final List<Datagram> batch = new ArrayList<>(BATCH);
    private final Thread thread;
    private boolean isDrained;
    private volatile boolean closed;

    private UdpTransport(UdpSockets sockets, DatagramReceiver receiver) {
        this.sockets = sockets;
        this.receiver = receiver;
        this.thread = Thread.ofPlatform()
                .name("memory-udp-" + sockets.port())
                .daemon()
                .unstarted(this::receive);
    }

    /** Takes the sockets over. */
    static UdpTransport start(UdpSockets sockets, DatagramReceiver receiver) {
        UdpTransport transport = new UdpTransport(sockets, receiver);
        transport.thread.start();
        return transport;
    }

    @Override
    public int port() {
        return sockets.port();
    }

    @Override
    public int natPort() {
        return sockets.natPort();
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        byte[] payload = datagram.payload();
        boolean shared = datagram.local().getPort() == natPort();
        send(datagram.local(), datagram.remote(), shared ? NonEspMarker.before(payload) : payload);
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        send(local, remote, new byte[] {(byte) 0xff});
    }

    /** The system's choice where that address is bound, else the first bound one of the family. */
    @Override
    public InetAddress localAddressFor(InetAddress remote) throws IOException {
        List<InetAddress> bound = sockets.addressesTowards(remote);
        if (bound.isEmpty()) {
            throw new NoRouteToHostException(
                    "No route to " + remote.getHostAddress() + ": no address of its family is bound, but "
                            + sockets.channels().keySet());
        }
        InetAddress chosen = systemsChoice(remote);
        return bound.contains(chosen) ? chosen : bound.getFirst();
    }

    @Override
    public void close() {
        closed = true;
        sockets.selector().wakeup();
        if (Thread.currentThread() != thread) {
            awaitEnd();
        }
    }

    private void send(InetSocketAddress local, InetSocketAddress remote, byte[] octets) throws IOException {
        if (UdpSockets.family(local.getAddress()) != UdpSockets.family(remote.getAddress())) {
            throw new IOException("Cannot send from " + local + " to " + remote + ": one is IPv4, the other IPv6");
        }
        DatagramChannel channel = sockets.boundTo(local)
                .orElseThrow(() -> new IOException("Cannot send from " + local + ": bound are "
                        + sockets.channels().keySet()));
        channel.send(ByteBuffer.wrap(octets), remote);
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAXIMUM_DATAGRAM);
        try (sockets) {
            while (!closed) {
                isDrained = true;
                sockets.selector().select(key -> receive(key, buffer));
                if (isDrained) {
                    receiver.drained();
                }
            }
        } catch (IOException e) {
            LOG.error("Receiving on UDP ports {} and {} has ended", port(), natPort(), e);
        }
    }

    /** What is there, but no more than that the other sockets have their turn. */
    private void receive(SelectionKey key, ByteBuffer buffer) {
        InetSocketAddress local = (InetSocketAddress) key.attachment();
        boolean more = true;
        for (int i = 0; i < BATCH && more && !closed; i++) {
            try {
                more = receive((DatagramChannel) key.channel(), local, buffer);
            } catch (IOException e) {
                LOG.error("A datagram to {} is lost", local, e);
            }
        }
        Consumer<Datagram> way = more ? receiver::onDatagram : receiver::onDatagramAtLeisure;
        batch.forEach(datagram -> handOn(datagram, way));
        batch.clear();
        isDrained &= !more;
    }

    /** False if none was there. */
    private boolean receive(DatagramChannel channel, InetSocketAddress local, ByteBuffer buffer) throws IOException {
        buffer.clear();
        InetSocketAddress remote = (InetSocketAddress) channel.receive(buffer);
        if (remote == null) {
            return false;
        }
        buffer.flip();
        boolean shared = local.getPort() == natPort();
        if (!shared || NonEspMarker.isReadFrom(buffer)) {
            byte[] message = new byte[buffer.remaining()];
            buffer.get(message);
            batch.add(new Datagram(local, remote, message));
        }
        return true;
    }

    private static void handOn(Datagram datagram, Consumer<Datagram> way) {
        try {
            way.accept(datagram);
        } catch (RuntimeException e) {
            LOG.error("A datagram to {} is lost", datagram.local(), e);
        }
    }

    private static InetAddress systemsChoice(InetAddress remote) throws IOException {
        try (DatagramChannel probe = DatagramChannel.open(UdpSockets.family(remote))) {
            probe.connect(new InetSocketAddress(remote, 500));
            return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
