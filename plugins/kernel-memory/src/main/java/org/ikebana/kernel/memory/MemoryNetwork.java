package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.ikebana.ike.wire.Octets;

/**
 * A network within the process: what a host sends goes to the carrier, which delivers it as often as it likes, when it
 * likes, with addresses as a NAT would change them, or never.
 */
public final class MemoryNetwork {
    private final Carrier carrier;
    private final List<MemoryHost> hosts = new CopyOnWriteArrayList<>();

    public MemoryNetwork(Carrier carrier) {
        this.carrier = carrier;
    }

    /** Attaches a machine with these addresses. */
    public MemoryHost host(InetAddress... addresses) {
        MemoryHost host = new MemoryHost(this, List.of(addresses));
        hosts.add(host);
        return host;
    }

    /** Hands a packet to the socket that it is for; where there is none it is lost. */
    public void deliver(UdpPacket packet) {
        InetAddress destination = packet.destination().getAddress();
        hosts.stream()
                .filter(host -> host.addresses().contains(destination))
                .findFirst()
                .ifPresent(host -> host.receive(packet));
    }

    void send(UdpPacket packet) {
        carrier.carry(packet, this::deliver);
    }

    /** Decides what becomes of packets. */
    @FunctionalInterface
    public interface Carrier {
        /** Called on the sender's thread: delivers later, not within the call. */
        void carry(UdpPacket packet, Consumer<UdpPacket> deliver);
    }

    /**
     * What is on the wire.
     *
     * @param octets with the non-ESP marker where there is one
     */
    public record UdpPacket(InetSocketAddress source, InetSocketAddress destination, Octets octets) {}
}
