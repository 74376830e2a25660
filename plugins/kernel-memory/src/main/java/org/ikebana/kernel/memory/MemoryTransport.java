package org.ikebana.kernel.memory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.memory.MemoryNetwork.UdpPacket;

/** Two sockets of a {@link MemoryHost}. */
final class MemoryTransport implements IkeTransport {
    private static final Octets KEEPALIVE = Octets.ofHex("ff");

    private final MemoryHost host;
    private final MemoryNetwork network;
    private final int port;
    private final int natPort;
    private final DatagramReceiver receiver;
    private volatile boolean closed;

    MemoryTransport(MemoryHost host, MemoryNetwork network, int port, int natPort, DatagramReceiver receiver) {
        this.host = host;
        this.network = network;
        this.port = port;
        this.natPort = natPort;
        this.receiver = receiver;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int natPort() {
        return natPort;
    }

    @Override
    public void send(Datagram datagram) throws IOException {
        byte[] payload = datagram.payload();
        boolean shared = datagram.local().getPort() == natPort;
        send(
                datagram.local(),
                datagram.remote(),
                shared ? Octets.wrap(NonEspMarker.before(payload)) : Octets.copyOf(payload));
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        send(local, remote, KEEPALIVE);
    }

    @Override
    public InetAddress localAddressFor(InetAddress remote) throws IOException {
        return host.addresses().stream()
                .filter(address -> address.getAddress().length == remote.getAddress().length)
                .findFirst()
                .orElseThrow(() -> new NoRouteToHostException("No route to " + remote.getHostAddress() + " from "
                        + host.addresses() + ": the host has no address of that family"));
    }

    @Override
    public void close() {
        closed = true;
        host.closed(this);
    }

    void receive(UdpPacket packet) {
        ByteBuffer octets = packet.octets().asByteBuffer();
        boolean shared = packet.destination().getPort() == natPort;
        if (closed || (shared && !NonEspMarker.isReadFrom(octets))) {
            return;
        }
        byte[] message = new byte[octets.remaining()];
        octets.get(message);
        receiver.onDatagram(new Datagram(packet.destination(), packet.source(), message));
    }

    private void send(InetSocketAddress local, InetSocketAddress remote, Octets octets) throws IOException {
        if (closed) {
            throw new IOException("The transport has been closed");
        }
        boolean ours = host.addresses().contains(local.getAddress())
                && (local.getPort() == port || local.getPort() == natPort);
        if (!ours) {
            throw new IOException("Cannot send from " + local + ": the host has " + host.addresses() + " and ports "
                    + port + " and " + natPort);
        }
        network.send(new UdpPacket(local, remote, octets));
    }
}
