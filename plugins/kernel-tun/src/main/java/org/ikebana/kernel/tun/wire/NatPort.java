package org.ikebana.kernel.tun.wire;

import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.udp.UdpPort;
import org.ikebana.kernel.udp.UdpSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port that IKE shares with ESP: the sockets of all workers, and where IKE messages go that come to them. */
final class NatPort {
    private static final Logger LOG = LoggerFactory.getLogger(NatPort.class);

    private final UdpPort<WorkerSockets> sockets;
    private final DatagramReceiver receiver;

    private NatPort(UdpPort<WorkerSockets> sockets, DatagramReceiver receiver) {
        this.sockets = sockets;
        this.receiver = receiver;
    }

    /** @param number 0 for any that is free */
    static NatPort open(int number, EspSocketOptions options, DatagramReceiver receiver) throws ErrnoException {
        return new NatPort(UdpPort.open(number, (family, port) -> WorkerSockets.open(family, port, options)), receiver);
    }

    int number() {
        return sockets.number();
    }

    /** The sockets that send IKE, which are closed on their own. */
    UdpPort<UdpSocket> fragmenting() {
        return new UdpPort<>(sockets.ipv4().fragmenting(), sockets.ipv6().map(WorkerSockets::fragmenting));
    }

    Stream<WireSocket> readBy(int worker) {
        return sockets.sockets().map(all -> new WireSocket(all.whole().get(worker), all.family(), Optional.of(this)));
    }

    @Nullable FileDescriptor sending(int worker, EspPath path) {
        if (path.family() == IpFamily.IPV4) {
            return sockets.ipv4().sending(worker, path);
        }
        return sockets.ipv6().isPresent() ? sockets.ipv6().get().sending(worker, path) : null;
    }

    void deliver(Datagram datagram) {
        try {
            receiver.onDatagram(datagram);
        } catch (RuntimeException e) {
            LOG.error("a datagram could not be handed on", e);
        }
    }

    /** Nobody uses the sockets any more. */
    void close() {
        sockets.close();
    }
}
