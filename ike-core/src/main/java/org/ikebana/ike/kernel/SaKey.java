package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** What identifies an SA in the kernel: (destination, SPI, protocol, mark). */
public record SaKey(InetAddress destination, Spi spi, SaProtocol protocol, Mark mark) {
    /** The same SA at another address. */
    public SaKey to(InetAddress newDestination) {
        return new SaKey(newDestination, spi, protocol, mark);
    }

    @Override
    public String toString() {
        return "%s SA %s to %s".formatted(protocol, spi, destination.getHostAddress());
    }
}
