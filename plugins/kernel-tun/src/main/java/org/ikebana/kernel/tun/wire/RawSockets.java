package org.ikebana.kernel.tun.wire;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.udp.UdpSetup;
import org.jspecify.annotations.Nullable;

/**
 * Raw ESP (raw(7)) in both families.
 *
 * @param ipv6 empty on a host without IPv6
 */
record RawSockets(Pair ipv4, Optional<Pair> ipv6) implements AutoCloseable {
    private static final int IPPROTO_ESP = 50;

    /** @throws ErrnoException whose message says what to do */
    static RawSockets open(int mark) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            Pair ipv4 = opening.add(Pair.open(IpFamily.IPV4, mark), Pair::close);
            return opening.succeeded(new RawSockets(ipv4, openIpv6(mark)));
        }
    }

    Stream<WireSocket> read() {
        return Stream.concat(Stream.of(ipv4), ipv6.stream())
                .map(pair -> new WireSocket(pair.whole, pair.family, Optional.empty()));
    }

    @Nullable FileDescriptor sending(EspPath path) {
        if (path.family() == IpFamily.IPV4) {
            return ipv4.sending(path);
        }
        return ipv6.isPresent() ? ipv6.get().sending(path) : null;
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.ifPresent(Pair::close);
    }

    private static Optional<Pair> openIpv6(int mark) throws ErrnoException {
        try {
            return Optional.of(Pair.open(IpFamily.IPV6, mark));
        } catch (ErrnoException e) {
            if (e.is(Errno.EAFNOSUPPORT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Of one family.
     *
     * @param whole is read, and sends what must not be fragmented
     * @param fragmenting sends the rest and gets nothing
     */
    private record Pair(IpFamily family, FileDescriptor whole, FileDescriptor fragmenting) implements AutoCloseable {
        static Pair open(IpFamily family, int mark) throws ErrnoException {
            try (CloseOnFailure opening = new CloseOnFailure()) {
                FileDescriptor fragmenting = opening.add(socket(family), FileDescriptor::close);
                ByteBuffer nobody = Sockaddr.of(new InetSocketAddress(UdpSetup.nobody(family), 0));
                ErrnoException.check(
                        LibC.bind(fragmenting.number(), nobody, nobody.capacity()), "keep ESP off a sending socket");
                SocketSetup.send(fragmenting, family, SocketSetup.PMTUDISC_DONT, mark);
                FileDescriptor whole = opening.add(socket(family), FileDescriptor::close);
                Socket.setOption(whole, family.level(), family.receivePacketInfo(), 1, "ask for packets' addresses");
                SocketSetup.send(whole, family, SocketSetup.PMTUDISC_DO, mark);
                SocketSetup.receive(whole, family);
                return opening.succeeded(new Pair(family, whole, fragmenting));
            }
        }

        FileDescriptor sending(EspPath path) {
            return path.dontFragment() ? whole : fragmenting;
        }

        @Override
        public void close() {
            whole.close();
            fragmenting.close();
        }

        private static FileDescriptor socket(IpFamily family) throws ErrnoException {
            try {
                return FileDescriptor.socket(family.number(), Socket.SOCK_RAW, IPPROTO_ESP);
            } catch (ErrnoException e) {
                if (e.is(Errno.EPERM) || e.is(Errno.EACCES)) {
                    throw new ErrnoException(
                            "cannot open a raw socket for ESP", e.errno(), "run as root or give CAP_NET_RAW");
                }
                throw new ErrnoException("cannot open a raw socket for ESP (%s)".formatted(family), e.errno());
            }
        }
    }
}
