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

    // Our own order of what a header points to.
    private static final int IOV_LEN = 8;
    private static final int NAME = 16;
    private static final int CONTROL = 48;
    private static final int CONTROL_CAPACITY = 128;
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

    /** Of the whole {@link MessageBatch}, in native byte order. */
    public ByteBuffer memory() {
        return memory;
    }

    /** Where in {@link #memory} the octets of this message start. */
    public int dataOffset() {
        return data;
    }

    /** Where in {@link #memory} the {@link Sockaddr} of the sender stands. */
    public int nameOffset() {
        return parts + NAME;
    }

    /** Where in {@link #memory} the data of such a control message starts, -1 if there is none of at least this size. */
    public int findControl(int level, int type, int octets) {
        int length = (int) Math.clamp(memory.getLong(header + MSG_CONTROLLEN), 0, CONTROL_CAPACITY);
        return ControlMessages.find(memory, parts + CONTROL, length, level, type, octets);
    }

    /** Makes it the only control message and returns where in {@link #memory} its data, zeroed, is to go. */
    int putControl(int level, int type, int octets) {
        memory.putLong(header + MSG_CONTROLLEN, ControlMessages.space(octets));
        return ControlMessages.put(memory, parts + CONTROL, level, type, octets);
    }

    private void iovec(int from, int length) {
        memory.putLong(parts, address + data + from);
        memory.putLong(parts + IOV_LEN, length);
    }
}
