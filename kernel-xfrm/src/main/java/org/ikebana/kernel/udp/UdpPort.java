package org.ikebana.kernel.udp;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.IpFamily;

/**
 * One port of this host, the same number in both families.
 *
 * @param ipv6 empty on a host without IPv6
 * @param <S> what is bound to it in one family
 */
public record UdpPort<S extends UdpPort.Bound>(S ipv4, Optional<S> ipv6) implements AutoCloseable {
    /** A port free in IPv4 may be taken in IPv6. */
    private static final int ATTEMPTS = 16;

    /** Something bound to a port. */
    public interface Bound extends AutoCloseable {
        int port();

        @Override
        void close();
    }

    /** Binds. */
    @FunctionalInterface
    public interface Opener<S> {
        /** @param number 0 for any that is free */
        S open(IpFamily family, int number) throws ErrnoException;
    }

    /** @param number 0 for any that is free in both families */
    public static <S extends Bound> UdpPort<S> open(int number, Opener<S> opener) throws ErrnoException {
        for (int attempt = 1; ; attempt++) {
            try {
                return openOnce(number, opener);
            } catch (ErrnoException e) {
                if (number != 0 || attempt == ATTEMPTS || !e.is(Errno.EADDRINUSE)) {
                    throw e;
                }
            }
        }
    }

    public int number() {
        return ipv4.port();
    }

    public S socket(IpFamily family) throws IOException {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6.orElseThrow(() -> new IOException("cannot send over IPv6: this host has none"));
        };
    }

    public Stream<S> sockets() {
        return Stream.concat(Stream.of(ipv4), ipv6.stream());
    }

    @Override
    public void close() {
        sockets().forEach(Bound::close);
    }

    private static <S extends Bound> UdpPort<S> openOnce(int number, Opener<S> opener) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            S ipv4 = opening.add(opener.open(IpFamily.IPV4, number), Bound::close);
            return opening.succeeded(new UdpPort<>(ipv4, openIpv6(ipv4.port(), opener)));
        }
    }

    private static <S extends Bound> Optional<S> openIpv6(int number, Opener<S> opener) throws ErrnoException {
        try {
            return Optional.of(opener.open(IpFamily.IPV6, number));
        } catch (ErrnoException e) {
            if (e.is(Errno.EAFNOSUPPORT) || e.is(Errno.EADDRNOTAVAIL)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
