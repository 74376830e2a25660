package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;

/** Wakes a thread that waits in {@link Poll}; eventfd(2). */
public final class EventFd implements AutoCloseable {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final FileDescriptor descriptor;
    private final ByteBuffer one = NativeMemory.allocate(Long.BYTES).putLong(0, 1);
    private final ByteBuffer count = NativeMemory.allocate(Long.BYTES);

    public EventFd() throws ErrnoException {
        descriptor = FileDescriptor.of(LibC.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "open an eventfd");
    }

    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** Makes it readable. From any thread. */
    public void signal() throws ErrnoException {
        if (LibC.write(descriptor.number(), one, Long.BYTES) < 0 && LibC.errno() != Errno.EAGAIN.number()) {
            throw ErrnoException.last("signal an eventfd");
        }
    }

    /** Takes all signals up to now; false if there were none. From one thread at a time. */
    public boolean clear() throws ErrnoException {
        if (LibC.read(descriptor.number(), count, Long.BYTES) >= 0) {
            return true;
        }
        if (LibC.errno() != Errno.EAGAIN.number()) {
            throw ErrnoException.last("read an eventfd");
        }
        return false;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
