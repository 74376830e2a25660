package org.ikebana.kernel.tun.wire;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.Sockaddr;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.udp.UdpSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the kernel what it knows of a path, by connecting a socket ({@code IP_MTU}, ip(7)): no packet leaves. */
final class PathMtu {
    private static final Logger LOG = LoggerFactory.getLogger(PathMtu.class);

    private static final int DISCARD = 9;

    private PathMtu() {}

    /** @param mark of ESP's own packets, which may have routes of their own */
    static void learn(EspPath path, int mark) {
        try {
            path.learnMtu(ask(path, mark));
        } catch (ErrnoException e) {
            LOG.debug("the MTU towards {} stays unknown: {}", path.destination(), e.getMessage());
        }
    }

    private static int ask(EspPath path, int mark) throws ErrnoException {
        IpFamily family = path.family();
        try (FileDescriptor socket = FileDescriptor.socket(family.number(), Socket.SOCK_DGRAM, 0)) {
            UdpSetup.mark(socket, mark);
            ByteBuffer source = Sockaddr.of(new InetSocketAddress(path.source(), 0));
            ErrnoException.check(LibC.bind(socket.number(), source, source.capacity()), "bind to the source");
            ByteBuffer destination = Sockaddr.of(new InetSocketAddress(path.destination(), DISCARD));
            ErrnoException.check(LibC.connect(socket.number(), destination, destination.capacity()), "find the route");
            return Socket.option(socket, family.level(), family.mtu(), "ask for the MTU");
        }
    }
}
