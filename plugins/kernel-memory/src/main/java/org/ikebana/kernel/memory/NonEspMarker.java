package org.ikebana.kernel.memory;

import java.nio.ByteBuffer;

/** The four zero octets that tell IKE from ESP on the port that they share (RFC 3948 2.2). */
final class NonEspMarker {
    static final int LENGTH = 4;

    private NonEspMarker() {}

    static byte[] before(byte[] message) {
        return ByteBuffer.allocate(LENGTH + message.length)
                .position(LENGTH)
                .put(message)
                .array();
    }

    /** Whether an IKE message follows; if so, the marker has been read. Otherwise it is ESP, a keepalive, or nothing. */
    static boolean isReadFrom(ByteBuffer datagram) {
        return datagram.remaining() > LENGTH && datagram.getInt() == 0;
    }
}
