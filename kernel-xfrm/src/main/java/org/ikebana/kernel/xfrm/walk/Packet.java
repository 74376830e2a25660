package org.ikebana.kernel.xfrm.walk;

import java.net.InetAddress;

/**
 * A packet as policies see it.
 *
 * @param protocol IP protocol number, 0 where it is left open
 * @param sourcePort for ICMP the type; 0 where it is left open
 * @param destinationPort for ICMP the code; 0 where it is left open
 * @param mark of the firewall or the socket
 * @param ifId of the XFRM interface that it is routed into or comes from, 0 for none
 */
public record Packet(
        InetAddress source,
        InetAddress destination,
        int protocol,
        int sourcePort,
        int destinationPort,
        int mark,
        int ifId) {
    /** {@code 10.1.0.5 to 10.2.0.5 protocol 6 port 40000 to 443}. */
    @Override
    public String toString() {
        return source.getHostAddress() + " to " + destination.getHostAddress()
                + (protocol == 0 ? "" : " protocol " + protocol)
                + (sourcePort == 0 && destinationPort == 0 ? "" : " port " + sourcePort + " to " + destinationPort)
                + (mark == 0 ? "" : " mark 0x%x".formatted(mark))
                + (ifId == 0 ? "" : " if_id 0x%x".formatted(ifId));
    }
}
