package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;

/** Control messages as they lie one behind the other (cmsg(3)), in native byte order. */
final class ControlMessages {
    // struct cmsghdr { size_t cmsg_len; int cmsg_level; int cmsg_type; }, data behind it, each aligned to size_t
    private static final int SIZEOF_CMSGHDR = 16;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;

    private ControlMessages() {}

    /** What a message with so many octets of data takes up. */
    static int space(int octets) {
        return SIZEOF_CMSGHDR + aligned(octets);
    }

    /** Starts a message at {@code at} and returns where its data, zeroed, is to go. */
    static int put(ByteBuffer memory, int at, int level, int type, int octets) {
        memory.putLong(at, SIZEOF_CMSGHDR + octets);
        memory.putInt(at + CMSG_LEVEL, level).putInt(at + CMSG_TYPE, type);
        for (int i = 0; i < octets; i++) {
            memory.put(at + SIZEOF_CMSGHDR + i, (byte) 0);
        }
        return at + SIZEOF_CMSGHDR;
    }

    /** Where among {@code [start, start + length)} the data of such a message starts, -1 if none of at least this size is there. */
    static int find(ByteBuffer memory, int start, int length, int level, int type, int octets) {
        int end = start + length;
        for (int at = start; end - at >= SIZEOF_CMSGHDR; ) {
            long size = memory.getLong(at);
            if (size < SIZEOF_CMSGHDR || size > end - at) {
                return -1;
            }
            if (memory.getInt(at + CMSG_LEVEL) == level && memory.getInt(at + CMSG_TYPE) == type) {
                return size - SIZEOF_CMSGHDR >= octets ? at + SIZEOF_CMSGHDR : -1;
            }
            at += aligned((int) size);
        }
        return -1;
    }

    private static int aligned(int length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }
}
