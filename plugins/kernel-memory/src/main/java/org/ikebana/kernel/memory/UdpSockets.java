package org.ikebana.kernel.memory;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.TransportConfig;

/**
 * One channel for each address and port, all in one selector.
 *
 * @param channels by the address that they are bound to, in the order in which the addresses were given
 */
record UdpSockets(Selector selector, Map<InetSocketAddress, DatagramChannel> channels, int port, int natPort)
        implements AutoCloseable {
    /** @throws BindException when an address cannot be bound; it names address and port */
    static UdpSockets open(List<InetAddress> addresses, TransportConfig config) throws IOException {
        UdpSockets opening = new UdpSockets(Selector.open(), new LinkedHashMap<>(), 0, 0);
        try {
            int port = config.port();
            int natPort = config.natPort();
            for (InetAddress address : addresses) {
                port = opening.bind(address, port);
                natPort = opening.bind(address, natPort);
            }
            return new UdpSockets(opening.selector, opening.channels, port, natPort);
        } catch (IOException e) {
            opening.close();
            throw e;
        }
    }

    Optional<DatagramChannel> boundTo(InetSocketAddress local) {
        return Optional.ofNullable(channels.get(local));
    }

    /** The addresses of the family of {@code remote}. */
    List<InetAddress> addressesTowards(InetAddress remote) {
        return channels.keySet().stream()
                .map(InetSocketAddress::getAddress)
                .filter(address -> family(address) == family(remote))
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels.values()) {
            channel.close();
        }
        selector.close();
    }

    /** Returns the port that was taken. */
    private int bind(InetAddress address, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family(address));
        try {
            channel.bind(new InetSocketAddress(address, port));
            channel.configureBlocking(false);
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            channel.register(selector, SelectionKey.OP_READ, local);
            channels.put(local, channel);
            return local.getPort();
        } catch (IOException e) {
            channel.close();
            throw named(e, address, port);
        }
    }

    private static BindException named(IOException e, InetAddress address, int port) {
        BindException named = new BindException(
                "Cannot bind UDP port %d of %s: %s".formatted(port, address.getHostAddress(), e.getMessage()));
        named.initCause(e);
        return named;
    }

    static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }
}
