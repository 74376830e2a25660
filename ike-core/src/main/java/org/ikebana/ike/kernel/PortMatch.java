package org.ikebana.ike.kernel;

/** Ports that equal {@code port} in the bits of {@code mask}; mask 0 means any. */
public record PortMatch(int port, int mask) {
    public static final PortMatch ANY = new PortMatch(0, 0);

    public static PortMatch exactly(int port) {
        return new PortMatch(port, 0xffff);
    }
}
