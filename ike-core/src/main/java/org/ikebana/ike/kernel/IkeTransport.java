package org.ikebana.ike.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The UDP sockets of IKE: one port for plain IKE (500) and one that IKE shares with ESP in UDP (4500), IPv4 and IPv6.
 * On the latter the transport adds and strips the four zero octets of the non-ESP marker (RFC 3948 2.2) and drops ESP
 * and NAT keepalives, so that a {@link Datagram} always starts with the IKE header.
 */
public interface IkeTransport extends AutoCloseable {
    /** Sends from {@code datagram.local()}; may drop like any network. */
    void send(Datagram datagram) throws IOException;

    /** One octet 0xff (RFC 3948 2.3). */
    void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) throws IOException;

    /**
     * The local address from which the host would reach {@code remote} now.
     *
     * @throws IOException when there is no route
     */
    InetAddress localAddressFor(InetAddress remote) throws IOException;

    /** The port of plain IKE: the one asked for, or the free one that was taken. */
    int port();

    /** The port shared with ESP in UDP. */
    int natPort();

    /** Nothing is delivered any more once this returns, unless it is called from the receiver itself. */
    @Override
    void close();
}
