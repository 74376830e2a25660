package org.ikebana.ike.kernel;

/** Ports to listen on, 500 and 4500 as a rule; 0 takes a free one. */
public record TransportConfig(int port, int natPort) {
    public static final TransportConfig STANDARD = new TransportConfig(500, 4500);

    public TransportConfig {
        requirePort(port);
        requirePort(natPort);
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
        }
    }
}
