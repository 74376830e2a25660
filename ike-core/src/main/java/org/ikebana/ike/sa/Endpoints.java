package org.ikebana.ike.sa;

import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** Between which addresses and ports an IKE SA talks now. */
public record Endpoints(InetSocketAddress local, InetSocketAddress remote) {
    private static final int STANDARD_PORT = 500;
    private static final int STANDARD_NAT_PORT = 4500;

    private static final int LARGEST_IPV4_DATAGRAM = 576;
    private static final int LARGEST_IPV6_DATAGRAM = 1280;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int NON_ESP_MARKER = 4;

    /**
     * Octets that an IKE message may have, so that it goes with UDP header and non-ESP marker into one IP datagram.
     *
     * @param datagram octets of the largest one; 0 for what RFC 7383 2.5.1 recommends for IPv4 and IPv6
     */
    int room(int datagram) {
        boolean isIpv4 = remote.getAddress() instanceof Inet4Address;
        int recommended = isIpv4 ? LARGEST_IPV4_DATAGRAM : LARGEST_IPV6_DATAGRAM;
        int headers = (isIpv4 ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER + NON_ESP_MARKER;
        return (datagram == 0 ? recommended : datagram) - headers;
    }

    /**
     * On the ports that IKE shares with ESP in UDP (RFC 7296 2.23). A peer on a port of its own keeps it.
     *
     * @param natPort ours
     */
    Endpoints floated(int natPort) {
        int peerPort = remote.getPort() == STANDARD_PORT ? STANDARD_NAT_PORT : remote.getPort();
        return new Endpoints(
                new InetSocketAddress(local.getAddress(), natPort),
                new InetSocketAddress(remote.getAddress(), peerPort));
    }
}
