package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Messages in one piece of native memory, allocated once: an array of {@code struct mmsghdr}, what they point to, and
 * the octets. Not for use by two threads at once.
 */
public final class MessageBatch {
    private final ByteBuffer memory;
    private final List<SocketMessage> messages;

    /** @param capacity of each message, in octets */
    public MessageBatch(int count, int capacity) {
        int parts = count * SocketMessage.SIZEOF_MMSGHDR;
        int data = parts + count * SocketMessage.SIZEOF_PARTS;
        memory = NativeMemory.allocate(data + count * capacity);
        messages = IntStream.range(0, count)
                .mapToObj(i -> new SocketMessage(
                        memory,
                        i * SocketMessage.SIZEOF_MMSGHDR,
                        parts + i * SocketMessage.SIZEOF_PARTS,
                        data + i * capacity,
                        capacity))
                .toList();
    }

    public SocketMessage get(int index) {
        return messages.get(index);
    }

    /**
     * recvmmsg(2) without waiting. Each message received must be {@linkplain SocketMessage#prepareToReceive prepared}
     * again before the next call.
     *
     * @return how many messages came, 0 if none is there
     */
    public int receive(FileDescriptor socket) throws ErrnoException {
        int count = LibC.recvmmsg(socket.number(), memory, messages.size(), Socket.MSG_DONTWAIT, null);
        if (count >= 0) {
            return count;
        }
        int errno = LibC.errno();
        if (errno == Errno.EAGAIN.number() || errno == Errno.EINTR.number()) {
            return 0;
        }
        throw new ErrnoException("receive", errno);
    }

    /**
     * sendmsg(2) of the first message, without waiting.
     *
     * @return 0, or the error
     */
    public int sendFirst(FileDescriptor socket) {
        while (LibC.sendmsg(socket.number(), memory, Socket.MSG_DONTWAIT) < 0) {
            int errno = LibC.errno();
            if (errno != Errno.EINTR.number()) {
                return errno;
            }
        }
        return 0;
    }
}
