package org.ikebana.vici.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients connect. */
public final class ListeningSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");

    private final String name;
    private final ServerSocketChannel channel;
    private final Runnable afterwards;

    ListeningSocket(String name, ServerSocketChannel channel, Runnable afterwards) {
        this.name = name;
        this.channel = channel;
        this.afterwards = afterwards;
    }

    /**
     * Whoever may connect may do everything: there is no other protection than the host's own.
     *
     * @param address of the host itself, such as 127.0.0.1
     * @throws IOException with the reason and the remedy
     */
    public static ListeningSocket tcp(InetSocketAddress address) throws IOException {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IOException("vici has no authentication, and " + address.getHostString()
                    + " is not this host's own: write tcp = 127.0.0.1:port");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(address);
            return new ListeningSocket(
                    "tcp://" + channel.getLocalAddress().toString().replaceFirst("^/", ""), channel, () -> {});
        } catch (IOException e) {
            channel.close();
            throw new IOException("vici cannot listen at " + address + ": " + e.getMessage(), e);
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Closing it again has no effect. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}", name, e);
        }
        afterwards.run();
    }

    /** As {@code swanctl --uri} takes it. */
    @Override
    public String toString() {
        return name;
    }
}
