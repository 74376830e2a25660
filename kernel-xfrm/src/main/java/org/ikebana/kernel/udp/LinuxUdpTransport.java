package org.ikebana.kernel.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.IpFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * IKE's sockets on Linux: both ports, IPv4 and IPv6, exempt from IPsec policies, the NAT port shared with the kernel's
 * ESP in UDP. One thread receives; any thread may send.
 */
public final class LinuxUdpTransport implements IkeTransport {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxUdpTransport.class);

    private static final byte NAT_KEEPALIVE = (byte) 0xff;

    private final IkeSockets sockets;
    private final RouteProbe routes;
    private final Counters counters;
    private final EventFd wakeup;
    private final ReceiveLoop loop;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LinuxUdpTransport(
            IkeSockets sockets, List<UdpSocket> read, RouteProbe routes, EventFd wakeup, DatagramReceiver receiver) {
        this.sockets = sockets;
        this.wakeup = wakeup;
        this.routes = routes;
        this.counters = new Counters();
        this.loop = new ReceiveLoop(read, wakeup, counters, receiver);
        this.thread = Thread.ofPlatform()
                .name("ike-udp-" + sockets.plain().number())
                .daemon()
                .uncaughtExceptionHandler((t, e) -> LOG.error("no IKE message will be received any more", e))
                .unstarted(loop);
    }

    /**
     * Opens the sockets and starts to receive.
     *
     * @throws IOException naming the port and the remedy when one cannot be had: it is in use, or privileges lack
     */
    public static LinuxUdpTransport open(TransportConfig config, DatagramReceiver receiver) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            IkeSockets sockets = opening.add(IkeSockets.open(config), IkeSockets::close);
            EventFd wakeup = opening.add(new EventFd(), EventFd::close);
            IpsecOptions.apply(sockets);
            RouteProbe routes = new RouteProbe(UdpSetup.NO_MARK);
            LinuxUdpTransport transport = new LinuxUdpTransport(sockets, sockets.all(), routes, wakeup, receiver);
            transport.thread.start();
            return opening.succeeded(transport);
        }
    }

    /**
     * For whoever takes ESP in UDP in user space and reads the NAT port: this reads the plain port only, and sends on both.
     * The kernel's IPsec is kept off the sockets where that is allowed.
     *
     * @param port of plain IKE, 0 for any that is free
     * @param mark of all packets sent (SO_MARK), 0 for none
     * @param natPort sockets that send; closed with this transport
     * @throws IOException as {@link #open} does
     */
    public static LinuxUdpTransport openBeside(
            UdpPort<UdpSocket> natPort, int port, int mark, DatagramReceiver receiver) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            IkeSockets sockets = opening.add(IkeSockets.open(port, mark, natPort), IkeSockets::close);
            EventFd wakeup = opening.add(new EventFd(), EventFd::close);
            sockets.all().forEach(socket -> IpsecOptions.exemptIfAllowed(socket.descriptor(), socket.family()));
            List<UdpSocket> read = sockets.plain().sockets().toList();
            LinuxUdpTransport transport = new LinuxUdpTransport(sockets, read, new RouteProbe(mark), wakeup, receiver);
            transport.thread.start();
            return opening.succeeded(transport);
        }
    }

    /**
     * Drops the datagram, and counts it, when the socket has no room.
     *
     * @throws IOException when it can never get there from here: no route, too long, not our address, closed
     */
    @Override
    public void send(Datagram datagram) throws IOException {
        InetSocketAddress local = datagram.local();
        InetSocketAddress remote = datagram.remote();
        count(socket(local, remote).send(local.getAddress(), remote, datagram.payload()));
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        count(socket(local, remote).sendBare(local.getAddress(), remote, NAT_KEEPALIVE));
    }

    @Override
    public InetAddress localAddressFor(InetAddress remote) throws IOException {
        return routes.localAddressFor(remote);
    }

    @Override
    public int port() {
        return sockets.plain().number();
    }

    @Override
    public int natPort() {
        return sockets.nat().number();
    }

    /** Whether the calling thread is the one that receives. */
    public boolean receivesHere() {
        return Thread.currentThread() == thread;
    }

    public TransportStatistics statistics() {
        return counters.snapshot(sockets.overflows());
    }

    @Override
    public void close() {
        boolean first = closed.compareAndSet(false, true);
        if (first) {
            loop.stop();
        }
        if (!receivesHere()) {
            join();
        }
        if (first) {
            sockets.close();
            wakeup.close();
        }
    }

    private UdpSocket socket(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        if (IpFamily.of(local.getAddress()) != IpFamily.of(remote.getAddress())) {
            throw new IOException("cannot send from %s to %s: one is IPv4, the other IPv6"
                    .formatted(SendErrors.text(local), SendErrors.text(remote)));
        }
        return sockets.find(local);
    }

    private void count(boolean sent) {
        (sent ? counters.sent : counters.sendDrops).increment();
    }

    private void join() {
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
