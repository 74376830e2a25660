package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;

/** Where what stands in the headers of TCP (RFC 9293 3.1) and UDP (RFC 768). */
final class Layer4 {
    static final int TCP = 6;
    static final int UDP = 17;

    /** Without options. */
    static final int TCP_LENGTH = 20;

    static final int TCP_SEQUENCE = 4;
    static final int TCP_ACKNOWLEDGMENT = 8;
    static final int TCP_DATA_OFFSET = 12;
    static final int TCP_FLAGS = 13;
    static final int TCP_WINDOW = 14;
    static final int TCP_CHECKSUM = 16;
    static final int TCP_URGENT = 18;

    static final int TCP_FIN = 0x01;
    static final int TCP_PSH = 0x08;
    static final int TCP_ACK = 0x10;
    static final int TCP_CWR = 0x80;

    static final int UDP_LENGTH = 8;
    static final int UDP_LENGTH_FIELD = 4;
    static final int UDP_CHECKSUM = 6;

    private Layer4() {}

    /** As the data offset has it, which may be anything. */
    static int tcpHeaderLength(ByteBuffer memory, int at) {
        return (memory.get(at + TCP_DATA_OFFSET) & 0xf0) >>> 2;
    }
}
