package org.ikebana.kernel.memory;

import java.io.IOException;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;

/** Where a {@link MemoryKernel} takes its UDP sockets from: a {@link MemoryNetwork.Host}, or {@link UdpTransports}. */
@FunctionalInterface
public interface TransportFactory {
    IkeTransport open(TransportConfig config, DatagramReceiver receiver) throws IOException;
}
