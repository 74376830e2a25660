package org.ikebana.ike.kernel;

/** Ports to listen on, 500 and 4500 as a rule; 0 takes a free one. */
public record TransportConfig(int port, int natPort) {
    public static final TransportConfig STANDARD = new TransportConfig(500, 4500);
}
