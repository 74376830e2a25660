package org.ikebana.kernel.linux;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A {@code struct mmsghdr} with the address, the one {@code iovec}, the control messages and the octets that it points
 * to (recvmsg(2), cmsg(3)), all at fixed places of a {@link MessageBatch}. Not for use by two threads at once.
 */
public final class SocketMessage {
    // struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags } msg_hdr; msg_len }
    static final int SIZEOF_MMSGHDR = 64;
    private static final int MSG_NAME = 0;
    private static final int MSG_NAMELEN = 8;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;
    private static final int MSG_FLAGS = 48;
    private static final int MSG_LEN = 56;

    // struct cmsghdr { size_t cmsg_len; int cmsg_level; int cmsg_type; }, data behind it, each aligned to size_t
    private static final int SIZEOF_CMSGHDR = 16;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;

    // Our own order of what a header points to.
    private static final int IOV_LEN = 8;
    private static final int NAME = 16;
    private static final int CONTROL = 48;
    private static final int CONTROL_CAPACITY = 80;
    static final int SIZEOF_PARTS = CONTROL + CONTROL_CAPACITY;

    private final ByteBuffer memory;
    private final int header;
    private final int parts;
    private final int data;
    private final int capacity;
    private final long address;

    SocketMessage(ByteBuffer memory, int header, int parts, int data, int capacity) {
        this.memory = memory;
        this.header = header;
        this.parts = parts;
        this.data = data;
        this.capacity = capacity;
        this.address = NativeMemory.address(memory);
        memory.putLong(header + MSG_NAME, address + parts + NAME);
        memory.putLong(header + MSG_IOV, address + parts);
        memory.putLong(header + MSG_IOVLEN, 1);
        memory.putLong(header + MSG_CONTROL, address + parts + CONTROL);
        prepareToReceive();
    }

    /** Gives the kernel all room again; receiving has shrunk it. */
    public void prepareToReceive() {
        memory.putInt(header + MSG_NAMELEN, Sockaddr.CAPACITY);
        memory.putLong(header + MSG_CONTROLLEN, CONTROL_CAPACITY);
        memory.putInt(header + MSG_FLAGS, 0);
        iovec(0, capacity);
    }

    /** Addresses the octets {@code [from, from + length)} and leaves out all control messages. */
    public void prepareToSend(InetSocketAddress remote, int from, int length) {
        memory.putInt(header + MSG_NAMELEN, Sockaddr.put(memory, parts + NAME, remote));
        memory.putLong(header + MSG_CONTROLLEN, 0);
        iovec(from, length);
    }

    /** How many octets were received; those that did not fit are not counted. */
    public int length() {
        return memory.getInt(header + MSG_LEN);
    }

    /** Whether the datagram or its control messages were longer than the room for them. */
    public boolean truncated() {
        return (memory.getInt(header + MSG_FLAGS) & (Socket.MSG_TRUNC | Socket.MSG_CTRUNC)) != 0;
    }

    /** Who sent it. */
    public InetSocketAddress sender(IpFamily family, AddressCache cache) {
        return Sockaddr.get(memory, parts + NAME, family, cache);
    }

    public int octet(int index) {
        return memory.get(data + index) & 0xff;
    }

    /** The octets {@code [from, length())}. */
    public byte[] copy(int from) {
        byte[] octets = new byte[length() - from];
        memory.get(data + from, octets);
        return octets;
    }

    public void put(int index, byte... octets) {
        memory.put(data + index, octets);
    }

    ByteBuffer memory() {
        return memory;
    }

    /** Where in {@link #memory} the data of such a control message starts, -1 if there is none of at least this size. */
    int findControl(int level, int type, int octets) {
        int start = parts + CONTROL;
        int end = start + (int) Math.clamp(memory.getLong(header + MSG_CONTROLLEN), 0, CONTROL_CAPACITY);
        for (int at = start; end - at >= SIZEOF_CMSGHDR; ) {
            long length = memory.getLong(at);
            if (length < SIZEOF_CMSGHDR || length > end - at) {
                return -1;
            }
            if (memory.getInt(at + CMSG_LEVEL) == level && memory.getInt(at + CMSG_TYPE) == type) {
                return length - SIZEOF_CMSGHDR >= octets ? at + SIZEOF_CMSGHDR : -1;
            }
            at += aligned((int) length);
        }
        return -1;
    }

    /** Makes it the only control message and returns where in {@link #memory} its data, zeroed, is to go. */
    int putControl(int level, int type, int octets) {
        int at = parts + CONTROL;
        memory.putLong(at, SIZEOF_CMSGHDR + octets);
        memory.putInt(at + CMSG_LEVEL, level).putInt(at + CMSG_TYPE, type);
        for (int i = 0; i < octets; i++) {
            memory.put(at + SIZEOF_CMSGHDR + i, (byte) 0);
        }
        memory.putLong(header + MSG_CONTROLLEN, SIZEOF_CMSGHDR + aligned(octets));
        return at + SIZEOF_CMSGHDR;
    }

    private void iovec(int from, int length) {
        memory.putLong(parts, address + data + from);
        memory.putLong(parts + IOV_LEN, length);
    }

    private static int aligned(int length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }
}
