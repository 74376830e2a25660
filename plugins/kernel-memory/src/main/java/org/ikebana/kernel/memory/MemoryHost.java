package org.ikebana.kernel.memory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.memory.MemoryNetwork.UdpPacket;
import org.ikebana.kernel.model.TransportFactory;

/** A machine on a {@link MemoryNetwork}. */
public final class MemoryHost implements TransportFactory {
    private static final int FIRST_FREE_PORT = 49_152;

    private final MemoryNetwork network;
    private final Map<Integer, MemoryTransport> sockets = new ConcurrentHashMap<>();
    private volatile List<InetAddress> addresses;

    MemoryHost(MemoryNetwork network, List<InetAddress> addresses) {
        this.network = network;
        this.addresses = addresses;
    }

    public List<InetAddress> addresses() {
        return addresses;
    }

    /** It has these addresses from now on, open sockets too; say so by {@link MemoryKernel#changeAddresses()}. */
    public void move(InetAddress... newAddresses) {
        addresses = List.of(newAddresses);
    }

    @Override
    public synchronized IkeTransport open(TransportConfig config, DatagramReceiver receiver) throws IOException {
        int port = freePort(config.port(), 0);
        int natPort = freePort(config.natPort(), port);
        MemoryTransport transport = new MemoryTransport(this, network, port, natPort, receiver);
        sockets.put(port, transport);
        sockets.put(natPort, transport);
        return transport;
    }

    void closed(MemoryTransport transport) {
        sockets.values().removeIf(transport::equals);
    }

    void receive(UdpPacket packet) {
        MemoryTransport transport = sockets.get(packet.destination().getPort());
        if (transport != null) {
            transport.receive(packet);
        }
    }

    private int freePort(int wanted, int taken) throws BindException {
        int port = wanted == 0 ? FIRST_FREE_PORT : wanted;
        while (wanted == 0 && isTaken(port, taken)) {
            port++;
        }
        if (isTaken(port, taken)) {
            throw new BindException("UDP port " + port + " is in use by another transport of this host");
        }
        return port;
    }

    private boolean isTaken(int port, int taken) {
        return port == taken || sockets.containsKey(port);
    }
}
