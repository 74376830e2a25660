package org.ikebana.kernel.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Where packets go and what the kernel is asked to do with them, encoded once for all packets of a path: the {@link
 * Sockaddr} and the control messages {@code IP_PKTINFO}, {@code IP_TOS} and {@code UDP_SEGMENT} or their IPv6 kin. Immutable.
 */
public final class SendHeader {
    static final int CONTROL_CAPACITY = 96;

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    /** What {@code msg_name} points to. */
    final byte[] name;
    /** What {@code msg_control} points to. */
    final byte[] control;
    /** Where the {@code int} of the traffic class goes. */
    final int trafficClass;
    /** Where the {@code uint16_t} of the segments' length goes. */
    final int segment;
    /** Of the control messages without {@code UDP_SEGMENT}, which is the last. */
    final int unsegmented;

    /**
     * @param source the wildcard leaves the choice to the kernel
     * @param remote of the same family; with port 0 on a raw socket
     */
    public SendHeader(InetAddress source, InetSocketAddress remote) {
        IpFamily family = IpFamily.of(source);
        if (family != IpFamily.of(remote.getAddress())) {
            throw new IllegalArgumentException("no packet goes from %s to %s: one is IPv4, the other IPv6"
                    .formatted(source.getHostAddress(), remote.getAddress().getHostAddress()));
        }
        ByteBuffer memory = NativeMemory.allocate(CONTROL_CAPACITY);
        PacketInfo.put(
                memory,
                ControlMessages.put(memory, 0, family.level(), family.packetInfo(), PacketInfo.length(family)),
                source);
        int at = ControlMessages.space(PacketInfo.length(family));
        trafficClass = ControlMessages.put(memory, at, family.level(), family.trafficClass(), Integer.BYTES);
        unsegmented = at + ControlMessages.space(Integer.BYTES);
        segment = ControlMessages.put(memory, unsegmented, SOL_UDP, UDP_SEGMENT, Short.BYTES);
        control = new byte[unsegmented + ControlMessages.space(Short.BYTES)];
        memory.get(0, control);
        ByteBuffer address = Sockaddr.of(remote);
        name = new byte[address.capacity()];
        address.get(0, name);
    }
}
