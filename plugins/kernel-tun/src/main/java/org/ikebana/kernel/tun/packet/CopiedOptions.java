package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;

/** The options of an IPv4 header that every fragment carries (RFC 791 3.1, "copied flag"). */
final class CopiedOptions {
    private static final int MAX_LENGTH = 40;
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int COPIED = 0x80;

    private final byte[] octets = new byte[MAX_LENGTH];
    private int length;

    /**
     * @param available a header's room for options: a multiple of 4, at most 40
     * @return false if they are malformed
     */
    boolean read(ByteBuffer memory, int at, int available) {
        length = 0;
        int position = 0;
        while (position < available) {
            int type = memory.get(at + position) & 0xff;
            if (type == END) {
                break;
            }
            if (type == NO_OPERATION) {
                position++;
                continue;
            }
            int optionLength = position + 1 < available ? memory.get(at + position + 1) & 0xff : 0;
            if (optionLength < 2 || optionLength > available - position) {
                return false;
            }
            if ((type & COPIED) != 0) {
                memory.get(at + position, octets, length, optionLength);
                length += optionLength;
            }
            position += optionLength;
        }
        while (length % 4 != 0) {
            octets[length++] = END;
        }
        return true;
    }

    /** Padded to a multiple of 4. */
    int length() {
        return length;
    }

    void write(ByteBuffer out, int at) {
        out.put(at, octets, 0, length);
    }
}
