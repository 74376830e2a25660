package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.udp.LinuxUdpTransport;

/**
 * IKE beside ESP in user space: a {@link LinuxUdpTransport} whose NAT port is read by the workers, who find IKE there
 * among ESP.
 */
final class SharedTransport implements IkeTransport {
    private final CurrentSockets sockets;
    private final NatPort natPort;
    private final LinuxUdpTransport transport;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SharedTransport(CurrentSockets sockets, NatPort natPort, LinuxUdpTransport transport) {
        this.sockets = sockets;
        this.natPort = natPort;
        this.transport = transport;
    }

    /** @throws IOException naming the port and the remedy when one cannot be had: it is in use, or privileges lack */
    static SharedTransport open(
            CurrentSockets sockets, EspSocketOptions options, TransportConfig config, DatagramReceiver receiver)
            throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            NatPort natPort = opening.add(NatPort.open(config.natPort(), options, receiver), NatPort::close);
            LinuxUdpTransport transport = opening.add(
                    LinuxUdpTransport.openBeside(natPort.fragmenting(), config.port(), options.mark(), receiver),
                    LinuxUdpTransport::close);
            SharedTransport shared = new SharedTransport(sockets, natPort, transport);
            sockets.add(natPort);
            return opening.succeeded(shared);
        }
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        transport.send(datagram);
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        transport.sendNatKeepalive(local, remote);
    }

    @Override
    public InetAddress localAddressFor(InetAddress remote) throws IOException {
        return transport.localAddressFor(remote);
    }

    @Override
    public int port() {
        return transport.port();
    }

    @Override
    public int natPort() {
        return natPort.number();
    }

    /**
     * The first call waits until no thread uses the sockets, then closes them; another waits for that. A call from the
     * receiver waits for no thread that may be in the receiver as well and wait for it in turn.
     */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            sockets.remove(natPort);
            transport.close();
            natPort.close();
            closed.countDown();
        } else if (!sockets.inUseHere() && !transport.receivesHere()) {
            awaitClosed();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void awaitClosed() {
        boolean interrupted = false;
        while (closed.getCount() > 0) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
