package org.ikebana.kernel.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;

/**
 * Finds the MTU of a path: sends the longest packet that it may take and that must not be fragmented, and looks what the kernel
 * has learnt of routers that could not pass it on ({@code IP_MTU_DISCOVER} and {@code IP_MTU}, ip(7); RFC 1191). Where routers
 * do not say so, the path seems to be as wide as its first link.
 */
public final class PathMtuProbe {
    private static final int PMTUDISC_DO = 2;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    /** Each round is one narrower link. */
    private static final int MOST_ROUNDS = 8;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private PathMtuProbe() {}

    /**
     * @param remote gets datagrams of zeros; IKE peers drop them without an answer
     * @param patience how long a router has time to answer
     * @return octets of the longest IP packet
     * @throws IOException when there is no such path
     */
    public static int measure(InetAddress local, InetSocketAddress remote, Duration patience)
            throws IOException, InterruptedException {
        IpFamily family = IpFamily.of(remote.getAddress());
        try (FileDescriptor socket = FileDescriptor.socket(family.number(), Socket.SOCK_DGRAM, 0)) {
            Socket.setOption(socket, family.level(), family.mtuDiscover(), PMTUDISC_DO, "have packets not fragmented");
            UdpSetup.bind(socket, local, 0);
            ByteBuffer destination = Sockaddr.of(remote);
            ErrnoException.check(LibC.connect(socket.number(), destination, destination.capacity()), "find the route");
            int mtu = known(socket, family);
            for (int round = 0; round < MOST_ROUNDS; round++) {
                send(socket, destination, mtu - headers(family));
                int now = awaitChange(socket, family, mtu, patience);
                if (now == mtu) {
                    return mtu;
                }
                mtu = now;
            }
            return mtu;
        }
    }

    /** What is too long already for what the kernel knows tells it no more. */
    private static void send(FileDescriptor socket, ByteBuffer destination, int length) {
        ByteBuffer zeros = NativeMemory.allocate(length);
        LibC.sendto(socket.number(), zeros, length, Socket.MSG_DONTWAIT, destination, destination.capacity());
    }

    private static int awaitChange(FileDescriptor socket, IpFamily family, int before, Duration patience)
            throws ErrnoException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int now = known(socket, family);
        while (now == before && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            now = known(socket, family);
        }
        return now;
    }

    private static int known(FileDescriptor socket, IpFamily family) throws ErrnoException {
        return Socket.option(socket, family.level(), family.mtu(), "ask for the MTU");
    }

    private static int headers(IpFamily family) {
        return UDP_HEADER + (family == IpFamily.IPV4 ? IPV4_HEADER : IPV6_HEADER);
    }
}
