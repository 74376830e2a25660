package org.ikebana.kernel.memory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;
import org.ikebana.kernel.model.TransportFactory;

/**
 * Real UDP sockets, one for each address and port: a Java channel that is bound to the wildcard address does not tell
 * which of ours a datagram came to.
 *
 * @param addresses to bind, never the wildcard
 */
public record UdpTransports(List<InetAddress> addresses) implements TransportFactory {
    private static final int TRIES = 20;

    public UdpTransports {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
            throw new IllegalArgumentException("Addresses to bind, and not the wildcard: " + addresses);
        }
    }

    /** A free port that the first address gives may be taken at the next one; then another is tried. */
    @Override
    public IkeTransport open(TransportConfig config, DatagramReceiver receiver) throws IOException {
        boolean anyFreePort = config.port() == 0 || config.natPort() == 0;
        for (int i = 1; ; i++) {
            try {
                return UdpTransport.start(UdpSockets.open(addresses, config), receiver);
            } catch (BindException e) {
                if (!anyFreePort || i == TRIES) {
                    throw e;
                }
            }
        }
    }
}
