package org.ikebana.kernel.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct in_pktinfo} and {@code struct in6_pktinfo} (ip(7), RFC 3542 6): which of our addresses a datagram was
 * sent to, or is to be sent from.
 */
public final class PacketInfo {
    // struct in_pktinfo { int ipi_ifindex; struct in_addr ipi_spec_dst; struct in_addr ipi_addr; }
    private static final int SIZEOF_IN_PKTINFO = 12;
    private static final int IPI_SPEC_DST = 4;
    private static final int IPI_ADDR = 8;

    // struct in6_pktinfo { struct in6_addr ipi6_addr; int ipi6_ifindex; }
    private static final int SIZEOF_IN6_PKTINFO = 20;
    private static final int IPI6_IFINDEX = 16;
    private static final int IPV6_MULTICAST = 0xff;

    private PacketInfo() {}

    /** Our address that the datagram was sent to, with this port; null if that was a multicast or broadcast one. */
    public static @Nullable InetSocketAddress destination(
            SocketMessage message, IpFamily family, int port, AddressCache cache) {
        int address = destinationOffset(message, family);
        if (address < 0) {
            return null;
        }
        ByteBuffer memory = message.memory();
        return switch (family) {
            case IPV4 -> cache.ipv4(memory, address, port);
            case IPV6 -> cache.ipv6(memory, address, memory.getInt(address + IPI6_IFINDEX), port);
        };
    }

    /**
     * Where in the message's memory the address stands that it was sent to, most significant octet first; -1 if that is
     * not known or was a multicast or broadcast one.
     */
    public static int destinationOffset(SocketMessage message, IpFamily family) {
        ByteBuffer memory = message.memory();
        int info = message.findControl(family.level(), family.packetInfo(), length(family));
        if (info < 0) {
            return -1;
        }
        return switch (family) {
            // The address to answer from is the header's destination only if that is one of our own.
            case IPV4 -> memory.getInt(info + IPI_SPEC_DST) == memory.getInt(info + IPI_ADDR) ? info + IPI_ADDR : -1;
            case IPV6 -> (memory.get(info) & 0xff) == IPV6_MULTICAST ? -1 : info;
        };
    }

    /** DSCP and ECN of the packet that the message came in; 0 if the socket was not told to keep them. */
    public static int trafficClass(SocketMessage message, IpFamily family) {
        ByteBuffer memory = message.memory();
        // The kernel gives IP_TOS as an octet and IPV6_TCLASS as an int.
        int octets = family == IpFamily.IPV4 ? 1 : Integer.BYTES;
        int at = message.findControl(family.level(), family.trafficClass(), octets);
        if (at < 0) {
            return 0;
        }
        return (family == IpFamily.IPV4 ? memory.get(at) : memory.getInt(at)) & 0xff;
    }

    /** Has the message leave from this address; the wildcard leaves the choice to the kernel. */
    public static void source(SocketMessage message, InetAddress source) {
        IpFamily family = IpFamily.of(source);
        put(message.memory(), message.putControl(family.level(), family.packetInfo(), length(family)), source);
    }

    /** Fills in the zeroed structure at {@code info}. */
    static void put(ByteBuffer memory, int info, InetAddress source) {
        switch (IpFamily.of(source)) {
            case IPV4 -> memory.put(info + IPI_SPEC_DST, source.getAddress());
            case IPV6 -> {
                memory.put(info, source.getAddress());
                memory.putInt(info + IPI6_IFINDEX, Sockaddr.scope(source));
            }
        }
    }

    static int length(IpFamily family) {
        return switch (family) {
            case IPV4 -> SIZEOF_IN_PKTINFO;
            case IPV6 -> SIZEOF_IN6_PKTINFO;
        };
    }
}
