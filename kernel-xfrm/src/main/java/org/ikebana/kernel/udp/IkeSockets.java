package org.ikebana.kernel.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.IpFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ports of IKE. */
record IkeSockets(UdpPort<UdpSocket> plain, UdpPort<UdpSocket> nat) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IkeSockets.class);

    static IkeSockets open(TransportConfig config) throws IOException {
        requireTwoPorts(config.port(), config.natPort());
        try (CloseOnFailure opening = new CloseOnFailure()) {
            UdpPort<UdpSocket> plain = opening.add(openPlain(config.port(), UdpSetup.NO_MARK), UdpPort::close);
            UdpPort<UdpSocket> nat = opening.add(
                    UdpPort.open(
                            config.natPort(),
                            (family, port) -> UdpSocket.open(family, port, UdpSocket.Use.IKE_AND_ESP)),
                    UdpPort::close);
            return opening.succeeded(new IkeSockets(plain, nat));
        }
    }

    /** Opens the plain port beside {@code nat}, which stays open if this fails. */
    static IkeSockets open(int port, int mark, UdpPort<UdpSocket> nat) throws IOException {
        requireTwoPorts(port, nat.number());
        return new IkeSockets(openPlain(port, mark), nat);
    }

    List<UdpSocket> all() {
        return Stream.of(plain, nat).flatMap(UdpPort::sockets).toList();
    }

    /** The socket bound to this port. */
    UdpSocket find(InetSocketAddress local) throws IOException {
        IpFamily family = IpFamily.of(local.getAddress());
        if (local.getPort() == plain.number()) {
            return plain.socket(family);
        }
        if (local.getPort() == nat.number()) {
            return nat.socket(family);
        }
        throw new IOException("cannot send from %s: IKE has the ports %d and %d"
                .formatted(SendErrors.text(local), plain.number(), nat.number()));
    }

    /** How many datagrams the kernel threw away because they came faster than they were read. */
    long overflows() {
        return all().stream().mapToLong(UdpSocket::overflows).sum();
    }

    @Override
    public void close() {
        plain.close();
        nat.close();
    }

    private static UdpPort<UdpSocket> openPlain(int number, int mark) throws IOException {
        UdpPort<UdpSocket> plain =
                UdpPort.open(number, (family, port) -> UdpSocket.open(family, port, UdpSocket.Use.IKE, mark));
        if (plain.ipv6().isEmpty()) {
            LOG.info("this host has no IPv6: IKE is spoken over IPv4 only");
        }
        return plain;
    }

    private static void requireTwoPorts(int port, int natPort) throws IOException {
        if (port == natPort && port != 0) {
            throw new IOException(
                    "IKE and IKE behind NAT cannot share port %d: give them different ones".formatted(port));
        }
    }
}
