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
        ByteBuffer memory = message.memory();
        int info = message.findControl(family.level(), family.packetInfo(), length(family));
        if (info < 0) {
            return null;
        }
        return switch (family) {
            // The address to answer from is the header's destination only if that is one of our own.
            case IPV4 ->
                memory.getInt(info + IPI_SPEC_DST) == memory.getInt(info + IPI_ADDR)
                        ? cache.ipv4(memory, info + IPI_ADDR, port)
                        : null;
            case IPV6 ->
                (memory.get(info) & 0xff) == IPV6_MULTICAST
                        ? null
                        : cache.ipv6(memory, info, memory.getInt(info + IPI6_IFINDEX), port);
        };
    }

    /** Has the message leave from this address; the wildcard leaves the choice to the kernel. */
    public static void source(SocketMessage message, InetAddress source) {
        IpFamily family = IpFamily.of(source);
        ByteBuffer memory = message.memory();
        int info = message.putControl(family.level(), family.packetInfo(), length(family));
        switch (family) {
            case IPV4 -> memory.put(info + IPI_SPEC_DST, source.getAddress());
            case IPV6 -> {
                memory.put(info, source.getAddress());
                memory.putInt(info + IPI6_IFINDEX, Sockaddr.scope(source));
            }
        }
    }

    private static int length(IpFamily family) {
        return switch (family) {
            case IPV4 -> SIZEOF_IN_PKTINFO;
            case IPV6 -> SIZEOF_IN6_PKTINFO;
        };
    }
}
