package org.ikebana.kernel.linux;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owns one descriptor. Descriptor numbers are used again at once, so whoever shares one between threads sees to it that
 * no call is under way when it is closed.
 */
public final class FileDescriptor implements AutoCloseable {
    public static final int O_RDWR = 2;
    public static final int O_NONBLOCK = 0x800;

    private static final int O_CLOEXEC = 0x80000;
    private static final int CLOSED = -1;

    private final AtomicInteger number;

    private FileDescriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    /** socket(2); {@code SOCK_CLOEXEC} is added to {@code type}. */
    public static FileDescriptor socket(int domain, int type, int protocol) throws ErrnoException {
        return of(LibC.socket(domain, type | Socket.SOCK_CLOEXEC, protocol), "open a socket");
    }

    /** open(2) for reading. */
    public static FileDescriptor open(String path) throws ErrnoException {
        return open(path, 0);
    }

    /** open(2) of what exists; {@code O_CLOEXEC} is added to {@code flags}. */
    public static FileDescriptor open(String path, int flags) throws ErrnoException {
        return of(LibC.open(path, flags | O_CLOEXEC, 0), "open " + path);
    }

    /** Takes over the result of a system call that returns a descriptor or fails with a negative number. */
    static FileDescriptor of(int result, String attempt) throws ErrnoException {
        return new FileDescriptor(ErrnoException.check(result, attempt));
    }

    /** @throws IllegalStateException after {@link #close} */
    public int number() {
        int fd = number.get();
        if (fd == CLOSED) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return fd;
    }

    /** Once; later calls do nothing. Linux frees the descriptor whatever close(2) returns. */
    @Override
    public void close() {
        int fd = number.getAndSet(CLOSED);
        if (fd != CLOSED && LibC.close(fd) < 0 && LibC.errno() == Errno.EBADF.number()) {
            throw new IllegalStateException("descriptor " + fd + " was closed behind its owner's back");
        }
    }

    @Override
    public String toString() {
        return "fd " + number.get();
    }
}
