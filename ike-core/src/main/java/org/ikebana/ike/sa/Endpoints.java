package org.ikebana.ike.sa;

import java.net.InetSocketAddress;

/** Between which addresses and ports an IKE SA talks now. */
public record Endpoints(InetSocketAddress local, InetSocketAddress remote) {
    /** The same addresses on other ports (RFC 7296 2.23: floating to 4500). */
    Endpoints withPorts(int localPort, int remotePort) {
        return new Endpoints(
                new InetSocketAddress(local.getAddress(), localPort),
                new InetSocketAddress(remote.getAddress(), remotePort));
    }
}
