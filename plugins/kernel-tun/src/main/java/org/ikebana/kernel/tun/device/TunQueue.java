package org.ikebana.kernel.tun.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.BufferAddresses;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.EventFd;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.Poll;

/** One descriptor of a TUN device: one read or write, one frame. */
final class TunQueue implements PacketQueue, AutoCloseable {
    private final FileDescriptor descriptor;
    private final EventFd wake;
    private final Poll poll;
    private final int number;
    private final BufferAddresses read = new BufferAddresses();
    private final BufferAddresses written = new BufferAddresses();

    private TunQueue(FileDescriptor descriptor, EventFd wake) {
        this.descriptor = descriptor;
        this.wake = wake;
        this.poll = new Poll(descriptor, wake.descriptor());
        this.number = descriptor.number();
    }

    /** Takes over a descriptor that is attached to the device and does not block, unless it fails. */
    static TunQueue of(FileDescriptor descriptor) throws ErrnoException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            EventFd wake = opening.add(new EventFd(), EventFd::close);
            return opening.succeeded(new TunQueue(descriptor, wake));
        }
    }

    @Override
    public void await() throws IOException {
        poll.await(Poll.FOREVER);
        if (poll.ready(1)) {
            wake.clear();
        }
    }

    @Override
    public int read(ByteBuffer memory, int at, int capacity) throws IOException {
        long length = LibC.read(number, read.of(memory, at, capacity), capacity);
        if (length >= 0) {
            return (int) length;
        }
        int errno = LibC.errno();
        if (errno == Errno.EAGAIN.number() || errno == Errno.EINTR.number()) {
            return 0;
        }
        throw gone("read from the TUN device", errno);
    }

    @Override
    public boolean write(ByteBuffer memory, int at, int length) throws IOException {
        if (LibC.write(number, written.of(memory, at, length), length) >= 0) {
            return true;
        }
        int errno = LibC.errno();
        if (isDrop(errno)) {
            return false;
        }
        throw gone("write to the TUN device", errno);
    }

    /** What may become of a frame while the device itself is well: congestion, an interface that is down, no IP packet. */
    private static boolean isDrop(int errno) {
        return errno == Errno.EAGAIN.number()
                || errno == Errno.EINTR.number()
                || errno == Errno.ENOBUFS.number()
                || errno == Errno.ENOMEM.number()
                || errno == Errno.EIO.number()
                || errno == Errno.EINVAL.number()
                || errno == Errno.EMSGSIZE.number();
    }

    private static ErrnoException gone(String attempt, int errno) {
        return errno == Errno.EBADFD.number() || errno == Errno.EFAULT.number()
                ? new ErrnoException(attempt, errno, "the interface was removed; restart to have it again")
                : new ErrnoException(attempt, errno);
    }

    @Override
    public void wake() throws IOException {
        wake.signal();
    }

    @Override
    public void close() {
        descriptor.close();
        wake.close();
    }
}
