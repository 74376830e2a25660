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
    public static final int SO_RCVBUFFORCE = 33;

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
