package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Headers of messages whose octets lie elsewhere in native memory: an array of {@code struct mmsghdr} and what they point
 * to (sendmmsg(2)). Allocates nothing after its construction. For one thread.
 */
public final class SendBatch {
    /** The messages are not segmented. */
    public static final int WHOLE = 0;

    // struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags } msg_hdr; msg_len }
    private static final int SIZEOF_MMSGHDR = 64;
    private static final int MSG_NAME = 0;
    private static final int MSG_NAMELEN = 8;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;

    // Our own order of what a header points to.
    private static final int IOV_LEN = 8;
    private static final int NAME = 16;
    private static final int CONTROL = 48;
    private static final int SIZEOF_PARTS = CONTROL + SendHeader.CONTROL_CAPACITY;

    private final int count;
    private final ByteBuffer memory;
    /** The same memory from each message's header on. */
    private final ByteBuffer[] from;

    public SendBatch(int count) {
        this.count = count;
        memory = NativeMemory.allocate(count * (SIZEOF_MMSGHDR + SIZEOF_PARTS));
        long address = NativeMemory.address(memory);
        for (int i = 0; i < count; i++) {
            memory.putLong(header(i) + MSG_NAME, address + parts(i) + NAME);
            memory.putLong(header(i) + MSG_IOV, address + parts(i));
            memory.putLong(header(i) + MSG_IOVLEN, 1);
            memory.putLong(header(i) + MSG_CONTROL, address + parts(i) + CONTROL);
        }
        from = IntStream.range(0, count)
                .mapToObj(i -> NativeMemory.slice(memory, header(i), memory.capacity() - header(i)))
                .toArray(ByteBuffer[]::new);
    }

    public int capacity() {
        return count;
    }

    /**
     * Fills in message {@code index}.
     *
     * @param trafficClass DSCP and ECN
     * @param segment octets of each datagram that the kernel is to make of it (UDP_SEGMENT, udp(7)), or {@link #WHOLE}
     * @param address of the octets, {@link NativeMemory#address}; whoever gives it keeps the buffer reachable
     */
    public void put(int index, SendHeader to, int trafficClass, int segment, long address, int length) {
        int header = header(index);
        int parts = parts(index);
        memory.put(parts + NAME, to.name);
        memory.putInt(header + MSG_NAMELEN, to.name.length);
        memory.put(parts + CONTROL, to.control);
        memory.putInt(parts + CONTROL + to.trafficClass, trafficClass);
        memory.putShort(parts + CONTROL + to.segment, (short) segment);
        memory.putLong(header + MSG_CONTROLLEN, segment == WHOLE ? to.unsegmented : to.control.length);
        memory.putLong(parts, address);
        memory.putLong(parts + IOV_LEN, length);
    }

    /** Where the octets of message {@code index} lie. */
    public long address(int index) {
        return memory.getLong(parts(index));
    }

    /** How many octets message {@code index} has. */
    public int length(int index) {
        return (int) memory.getLong(parts(index) + IOV_LEN);
    }

    /**
     * sendmmsg(2) of {@code number} messages from {@code first} on, without waiting.
     *
     * @return how many left; or, if the first did not, the error, negated
     */
    public int send(FileDescriptor socket, int first, int number) {
        while (true) {
            int sent = LibC.sendmmsg(socket.number(), from[first], number, Socket.MSG_DONTWAIT);
            if (sent >= 0) {
                return sent;
            }
            int errno = LibC.errno();
            if (errno != Errno.EINTR.number()) {
                return -errno;
            }
        }
    }

    private static int header(int index) {
        return index * SIZEOF_MMSGHDR;
    }

    private int parts(int index) {
        return count * SIZEOF_MMSGHDR + index * SIZEOF_PARTS;
    }
}
