package org.ikebana.kernel.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.AddressCache;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;

/** What opening a UDP socket for IKE or ESP is made of. */
public final class UdpSetup {
    /** Of {@link #mark}. */
    public static final int NO_MARK = 0;

    private static final int IPV6_V6ONLY = 26;

    private UdpSetup() {}

    /**
     * A multicast address that stays unassigned (RFC 5771 4, RFC 4291 2.7). A socket bound to it gets nothing, and its own
     * packets have the source address that each asks for.
     */
    public static InetAddress nobody(IpFamily family) {
        return switch (family) {
            case IPV4 -> InetAddress.ofLiteral("224.0.0.0");
            case IPV6 -> InetAddress.ofLiteral("ff0f::");
        };
    }

    /** A socket of one family that tells the address each datagram came to. */
    public static FileDescriptor socket(IpFamily family) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            FileDescriptor socket =
                    opening.add(FileDescriptor.socket(family.number(), Socket.SOCK_DGRAM, 0), FileDescriptor::close);
            if (family == IpFamily.IPV6) {
                Socket.setOption(socket, family.level(), IPV6_V6ONLY, 1, "keep IPv4 off the IPv6 socket");
            }
            Socket.setOption(
                    socket, family.level(), family.receivePacketInfo(), 1, "ask for the address a datagram came to");
            return opening.succeeded(socket);
        }
    }

    /** Marks what the socket sends ({@code SO_MARK}, socket(7)), so that rules of the host may send it another way. */
    public static void mark(FileDescriptor socket, int mark) throws ErrnoException {
        if (mark != NO_MARK) {
            Socket.setOption(
                    socket,
                    Socket.SOL_SOCKET,
                    Socket.SO_MARK,
                    mark,
                    "cannot mark IKE's and ESP's own packets with 0x%x".formatted(mark));
        }
    }

    /**
     * Binds to every address of this host.
     *
     * @param port 0 for any that is free
     * @return the port
     */
    public static int bind(FileDescriptor socket, IpFamily family, int port) throws ErrnoException {
        return bind(socket, family, port, Sockaddr.wildcard(family, port));
    }

    /** Binds to one address; returns the port. */
    public static int bind(FileDescriptor socket, InetAddress address, int port) throws ErrnoException {
        return bind(socket, IpFamily.of(address), port, Sockaddr.of(new InetSocketAddress(address, port)));
    }

    private static int bind(FileDescriptor socket, IpFamily family, int port, ByteBuffer address)
            throws ErrnoException {
        if (LibC.bind(socket.number(), address, Sockaddr.length(family)) == 0) {
            return boundPort(socket, family);
        }
        int errno = LibC.errno();
        String attempt = "cannot open UDP port %d (%s)".formatted(port, family);
        if (errno == Errno.EADDRINUSE.number()) {
            throw new ErrnoException(
                    attempt, errno, "port %d is in use; is another IKE daemon running?".formatted(port));
        }
        if (errno == Errno.EACCES.number()) {
            throw new ErrnoException(
                    attempt, errno, "ports below 1024 are privileged; run as root or give CAP_NET_BIND_SERVICE");
        }
        throw new ErrnoException(attempt, errno);
    }

    private static int boundPort(FileDescriptor socket, IpFamily family) throws ErrnoException {
        ByteBuffer address = NativeMemory.allocate(Sockaddr.CAPACITY);
        ByteBuffer length = NativeMemory.ofInt(Sockaddr.CAPACITY);
        ErrnoException.check(LibC.getsockname(socket.number(), address, length), "ask for the port");
        return Sockaddr.get(address, 0, family, new AddressCache()).getPort();
    }
}
