package org.ikebana.kernel.model;

import java.io.IOException;
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.TransportConfig;

/** Where a {@link ModelBackend} takes its UDP sockets from. */
@FunctionalInterface
public interface TransportFactory {
    IkeTransport open(TransportConfig config, DatagramReceiver receiver) throws IOException;
}
