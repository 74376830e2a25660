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
record IkeSockets(UdpPort plain, UdpPort nat) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IkeSockets.class);

    static IkeSockets open(TransportConfig config) throws IOException {
        if (config.port() == config.natPort() && config.port() != 0) {
            throw new IOException(
                    "IKE and IKE behind NAT cannot share port %d: give them different ones".formatted(config.port()));
        }
        try (CloseOnFailure opening = new CloseOnFailure()) {
            UdpPort plain = opening.add(UdpPort.open(config.port(), UdpSocket.Use.IKE), UdpPort::close);
            UdpPort nat = opening.add(UdpPort.open(config.natPort(), UdpSocket.Use.IKE_AND_ESP), UdpPort::close);
            if (plain.ipv6().isEmpty()) {
                LOG.info("this host has no IPv6: IKE is spoken over IPv4 only");
            }
            return opening.succeeded(new IkeSockets(plain, nat));
        }
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
}
