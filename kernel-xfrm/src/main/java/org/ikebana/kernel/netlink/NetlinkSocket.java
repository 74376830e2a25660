package org.ikebana.kernel.netlink;

import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.Socket;

/** A netlink socket in the network namespace of the thread that opened it; for one thread at a time. */
public final class NetlinkSocket implements AutoCloseable {
    /** No datagram is waiting. */
    public static final int NOTHING = -1;
    /** The kernel fills datagrams up to this size, however large the buffer. */
    public static final int BUFFER_SIZE = 1 << 15;

    // struct sockaddr_nl
    private static final int SIZEOF_SOCKADDR_NL = 12;
    private static final int NL_FAMILY = 0;
    private static final int NL_PID = 4;
    private static final int NL_GROUPS = 8;

    private final FileDescriptor descriptor;
    private final ByteBuffer kernel = address(0);
    private final ByteBuffer sender = address(0);
    private final ByteBuffer senderLength = NativeMemory.ofInt(SIZEOF_SOCKADDR_NL);

    private NetlinkSocket(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket in the calling thread's network namespace.
     *
     * @param protocol {@link Netlink#NETLINK_XFRM}
     * @param groups multicast groups to follow, bit {@code n - 1} for group {@code n}
     * @param receiveBuffer octets that may wait in the kernel; cut to net.core.rmem_max without CAP_NET_ADMIN
     */
    public static NetlinkSocket open(int protocol, int groups, int receiveBuffer) throws ErrnoException {
        FileDescriptor descriptor = FileDescriptor.socket(Socket.AF_NETLINK, Socket.SOCK_RAW, protocol);
        try {
            enlarge(descriptor, receiveBuffer);
            Socket.setOption(
                    descriptor, Netlink.SOL_NETLINK, Netlink.NETLINK_CAP_ACK, 1, "ask for short acknowledgements");
            Socket.setOption(
                    descriptor, Netlink.SOL_NETLINK, Netlink.NETLINK_EXT_ACK, 1, "ask for extended acknowledgements");
            ErrnoException.check(
                    LibC.bind(descriptor.number(), address(groups), SIZEOF_SOCKADDR_NL), "bind a netlink socket");
            return new NetlinkSocket(descriptor);
        } catch (ErrnoException e) {
            descriptor.close();
            throw e;
        }
    }

    FileDescriptor descriptor() {
        return descriptor;
    }

    /** {@code nl_pid}: which the kernel chose. */
    int port() throws ErrnoException {
        ByteBuffer own = address(0);
        ByteBuffer length = NativeMemory.ofInt(SIZEOF_SOCKADDR_NL);
        ErrnoException.check(
                LibC.getsockname(descriptor.number(), own, length), "ask for the address of a netlink socket");
        return own.getInt(NL_PID);
    }

    /** Follows a multicast group from now on. */
    public void join(int group) throws ErrnoException {
        Socket.setOption(
                descriptor, Netlink.SOL_NETLINK, Netlink.NETLINK_ADD_MEMBERSHIP, group, "join a netlink group");
    }

    public void leave(int group) throws ErrnoException {
        Socket.setOption(
                descriptor, Netlink.SOL_NETLINK, Netlink.NETLINK_DROP_MEMBERSHIP, group, "leave a netlink group");
    }

    /** See {@link NetlinkClient#filterDumps}. */
    void filterDumps() throws ErrnoException {
        try {
            Socket.setOption(
                    descriptor, Netlink.SOL_NETLINK, Netlink.NETLINK_GET_STRICT_CHK, 1, "ask for filtered dumps");
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOPROTOOPT)) {
                throw e;
            }
        }
    }

    /** Hands over {@code length} octets of messages; the kernel has worked on all of them when this returns. */
    void send(ByteBuffer messages, int length) throws ErrnoException {
        long sent = LibC.sendto(descriptor.number(), messages, length, 0, kernel, SIZEOF_SOCKADDR_NL);
        if (sent != length) {
            throw ErrnoException.last("send to the kernel");
        }
    }

    /**
     * Takes a datagram of the kernel, if one waits; those of other processes are passed over.
     *
     * @return its length or {@link #NOTHING}
     * @throws ErrnoException {@link Errno#ENOBUFS} when datagrams were lost, {@link Errno#EMSGSIZE} when this one is
     *     longer than {@code target}
     */
    public int receive(ByteBuffer target) throws ErrnoException {
        while (true) {
            senderLength.putInt(0, SIZEOF_SOCKADDR_NL);
            int flags = Socket.MSG_DONTWAIT | Socket.MSG_TRUNC;
            long length = LibC.recvfrom(descriptor.number(), target, target.capacity(), flags, sender, senderLength);
            if (length < 0) {
                int errno = LibC.errno();
                if (errno == Errno.EAGAIN.number()) {
                    return NOTHING;
                }
                if (errno != Errno.EINTR.number()) {
                    throw new ErrnoException("receive from the kernel", errno);
                }
            } else if (length > target.capacity()) {
                throw new ErrnoException("receive " + length + " octets from the kernel", Errno.EMSGSIZE.number());
            } else if (sender.getInt(NL_PID) == 0) {
                return (int) length;
            }
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private static void enlarge(FileDescriptor descriptor, int receiveBuffer) throws ErrnoException {
        try {
            Socket.setOption(descriptor, Socket.SOL_SOCKET, Socket.SO_RCVBUFFORCE, receiveBuffer, "size the buffer");
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            Socket.setOption(descriptor, Socket.SOL_SOCKET, Socket.SO_RCVBUF, receiveBuffer, "size the buffer");
        }
    }

    private static ByteBuffer address(int groups) {
        return NativeMemory.allocate(SIZEOF_SOCKADDR_NL)
                .putShort(NL_FAMILY, (short) Socket.AF_NETLINK)
                .putInt(NL_GROUPS, groups);
    }
}
