package org.ikebana.ike.sa;

import java.net.InetSocketAddress;

/** Between which addresses and ports an IKE SA talks now. */
public record Endpoints(InetSocketAddress local, InetSocketAddress remote) {
    private static final int STANDARD_PORT = 500;
    private static final int STANDARD_NAT_PORT = 4500;

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
