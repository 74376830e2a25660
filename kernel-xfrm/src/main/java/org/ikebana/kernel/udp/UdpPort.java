package org.ikebana.kernel.udp;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.IpFamily;

/**
 * One port of this host.
 *
 * @param ipv6 empty on a host without IPv6
 */
record UdpPort(UdpSocket ipv4, Optional<UdpSocket> ipv6) implements AutoCloseable {
    /** A port free in IPv4 may be taken in IPv6. */
    private static final int ATTEMPTS = 16;

    /** @param number 0 for any that is free */
    static UdpPort open(int number, UdpSocket.Use use) throws ErrnoException {
        for (int attempt = 1; ; attempt++) {
            try {
                return openOnce(number, use);
            } catch (ErrnoException e) {
                if (number != 0 || attempt == ATTEMPTS || !e.is(Errno.EADDRINUSE)) {
                    throw e;
                }
            }
        }
    }

    int number() {
        return ipv4.port();
    }

    UdpSocket socket(IpFamily family) throws IOException {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6.orElseThrow(() -> new IOException("cannot send over IPv6: this host has none"));
        };
    }

    Stream<UdpSocket> sockets() {
        return Stream.concat(Stream.of(ipv4), ipv6.stream());
    }

    @Override
    public void close() {
        sockets().forEach(UdpSocket::close);
    }

    private static UdpPort openOnce(int number, UdpSocket.Use use) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            UdpSocket ipv4 = opening.add(UdpSocket.open(IpFamily.IPV4, number, use), UdpSocket::close);
            return opening.succeeded(new UdpPort(ipv4, openIpv6(ipv4.port(), use)));
        }
    }

    private static Optional<UdpSocket> openIpv6(int number, UdpSocket.Use use) throws ErrnoException {
        try {
            return Optional.of(UdpSocket.open(IpFamily.IPV6, number, use));
        } catch (ErrnoException e) {
            if (e.is(Errno.EAFNOSUPPORT) || e.is(Errno.EADDRNOTAVAIL)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
