package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** What identifies an SA in the kernel: (destination, SPI, protocol, mark). */
public record SaKey(InetAddress destination, Spi spi, SaProtocol protocol, Mark mark) {
    @Override
    public String toString() {
        return "%s SA %s to %s".formatted(protocol, spi, destination.getHostAddress());
    }
}
