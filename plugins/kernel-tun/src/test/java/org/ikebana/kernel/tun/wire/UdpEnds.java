package org.ikebana.kernel.tun.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.linux.CloseOnFailure;

/** Two data planes of this host, each with its own ports: the left one sends, the right one receives. */
record UdpEnds(EspSockets left, IkeTransport leftIke, EspSockets right, IkeTransport rightIke, Plane plane)
        implements AutoCloseable {
    private static final TransportConfig FREE_PORTS = new TransportConfig(0, 0);

    static UdpEnds open() throws IOException {
        return open(1);
    }

    static UdpEnds open(int workers) throws IOException {
        return open(workers, workers);
    }

    /** The caller receives. */
    static UdpEnds openIdle() throws IOException {
        return open(1, 0);
    }

    private static UdpEnds open(int workers, int threads) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            EspSockets left = opening.add(EspSockets.open(new EspSocketOptions(1, false, 0)), EspSockets::close);
            EspSockets right = opening.add(EspSockets.open(new EspSocketOptions(workers, false, 0)), EspSockets::close);
            IkeTransport leftIke = left.openTransport(FREE_PORTS, datagram -> {});
            IkeTransport rightIke = right.openTransport(FREE_PORTS, datagram -> {});
            return opening.succeeded(new UdpEnds(left, leftIke, right, rightIke, Plane.of(right, threads)));
        }
    }

    EspPath path(String source, String destination, boolean dontFragment) {
        return new EspPath(
                InetAddress.ofLiteral(source),
                InetAddress.ofLiteral(destination),
                Optional.of(new Encapsulation(leftIke.natPort(), rightIke.natPort())),
                dontFragment);
    }

    @Override
    public void close() throws IOException {
        plane.close();
        left.close();
        right.close();
    }
}
