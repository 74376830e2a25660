package org.ikebana.kernel.tun.device;

import java.util.List;

/** A network interface whose packets a program reads and writes: what the host routes into it is to be protected. */
public interface PacketDevice extends AutoCloseable {
    /** As {@code ip link} shows it. */
    String name();

    /** Of the inner packets, in octets. */
    int mtu();

    /** Whether the host takes super-packets of UDP (VIRTIO_NET_HDR_GSO_UDP_L4), not only of TCP. */
    boolean takesUdpSegments();

    /** At least one; the host spreads its flows over them. */
    List<PacketQueue> queues();

    /** Nobody may be inside a queue any more. The interface and the routes that lead into it are gone. */
    @Override
    void close();
}
