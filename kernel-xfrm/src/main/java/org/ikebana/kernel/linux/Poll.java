package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;

/** Waits for input or an error on a fixed set of descriptors; poll(2). For one thread. */
public final class Poll {
    /** Waits without limit. */
    public static final int FOREVER = -1;

    // struct pollfd { int fd; short events; short revents; }
    private static final int SIZEOF_POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final short POLLIN = 1;

    private final ByteBuffer descriptors;
    private final int count;

    public Poll(FileDescriptor... descriptors) {
        this.count = descriptors.length;
        this.descriptors = NativeMemory.allocate(count * SIZEOF_POLLFD);
        for (int i = 0; i < count; i++) {
            this.descriptors.putInt(i * SIZEOF_POLLFD, descriptors[i].number());
            this.descriptors.putShort(i * SIZEOF_POLLFD + EVENTS, POLLIN);
        }
    }

    /**
     * Blocks until a descriptor is ready, the time is over or a signal came; {@link #ready} tells which.
     *
     * @param milliseconds or {@link #FOREVER}
     */
    public void await(int milliseconds) throws ErrnoException {
        if (LibC.poll(descriptors, count, milliseconds) >= 0) {
            return;
        }
        if (LibC.errno() != Errno.EINTR.number()) {
            throw ErrnoException.last("wait for input");
        }
        for (int i = 0; i < count; i++) {
            descriptors.putShort(i * SIZEOF_POLLFD + REVENTS, (short) 0);
        }
    }

    /** Whether reading from the descriptor with this number in the constructor's order would not block. */
    public boolean ready(int index) {
        return descriptors.getShort(index * SIZEOF_POLLFD + REVENTS) != 0;
    }
}
