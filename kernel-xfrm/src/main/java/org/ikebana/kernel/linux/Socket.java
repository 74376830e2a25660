package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;

/** Constants of socket(2) and options that are plain numbers. */
public final class Socket {
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;

    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOCK_CLOEXEC = 0x80000;

    public static final int SOL_SOCKET = 1;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_REUSEPORT = 15;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SO_MARK = 36;

    public static final int MSG_PEEK = 0x02;
    public static final int MSG_CTRUNC = 0x08;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;

    private Socket() {}

    /** @param attempt what the option is wanted for, as {@code ask for extended acknowledgements} */
    public static void setOption(FileDescriptor socket, int level, int option, int value, String attempt)
            throws ErrnoException {
        setOption(socket, level, option, NativeMemory.ofInt(value), attempt);
    }

    /** As {@link #setOption} does it, where the kernel or our privileges may not allow it. */
    public static boolean trySetOption(FileDescriptor socket, int level, int option, int value) {
        return LibC.setsockopt(socket.number(), level, option, NativeMemory.ofInt(value), Integer.BYTES) == 0;
    }

    /**
     * Sizes a buffer beyond the limit of the system, or as far as that allows.
     *
     * @param force {@code SO_RCVBUFFORCE} or {@code SO_SNDBUFFORCE}, for which CAP_NET_ADMIN is needed
     * @param option {@code SO_RCVBUF} or {@code SO_SNDBUF}, capped by net.core.rmem_max or net.core.wmem_max
     */
    public static void sizeBuffer(FileDescriptor socket, int force, int option, int octets) throws ErrnoException {
        if (!trySetOption(socket, SOL_SOCKET, force, octets)) {
            setOption(socket, SOL_SOCKET, option, octets, "size a socket's buffer");
        }
    }

    /** Sets an option to a whole structure. */
    public static void setOption(FileDescriptor socket, int level, int option, ByteBuffer value, String attempt)
            throws ErrnoException {
        ErrnoException.check(LibC.setsockopt(socket.number(), level, option, value, value.capacity()), attempt);
    }

    public static int option(FileDescriptor socket, int level, int option, String attempt) throws ErrnoException {
        ByteBuffer value = NativeMemory.ofInt(0);
        ByteBuffer length = NativeMemory.ofInt(Integer.BYTES);
        ErrnoException.check(LibC.getsockopt(socket.number(), level, option, value, length), attempt);
        return value.getInt(0);
    }
}
