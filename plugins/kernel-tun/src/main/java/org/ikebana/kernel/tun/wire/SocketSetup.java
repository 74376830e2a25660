package org.ikebana.kernel.tun.wire;

import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.Socket;
import org.ikebana.kernel.udp.IpsecOptions;
import org.ikebana.kernel.udp.UdpSetup;

/** Options of sockets that carry ESP. */
final class SocketSetup {
    /** Never fragmented, the path's MTU is found out (ip(7)). */
    static final int PMTUDISC_DO = 2;

    /** Fragmented where need be. */
    static final int PMTUDISC_DONT = 0;

    /** Some hundred runs of 64 KiB, so that a reader that is away for some milliseconds loses nothing. */
    private static final int BUFFER = 8 << 20;

    private SocketSetup() {}

    static void send(FileDescriptor socket, IpFamily family, int mtuDiscover, int mark) throws ErrnoException {
        Socket.setOption(socket, family.level(), family.mtuDiscover(), mtuDiscover, "choose whether ESP is fragmented");
        Socket.sizeBuffer(socket, Socket.SO_SNDBUFFORCE, Socket.SO_SNDBUF, BUFFER);
        UdpSetup.mark(socket, mark);
        IpsecOptions.exemptIfAllowed(socket, family);
    }

    static void receive(FileDescriptor socket, IpFamily family) throws ErrnoException {
        Socket.setOption(socket, family.level(), family.receiveTrafficClass(), 1, "ask for DSCP and ECN");
        Socket.sizeBuffer(socket, Socket.SO_RCVBUFFORCE, Socket.SO_RCVBUF, BUFFER);
    }
}
