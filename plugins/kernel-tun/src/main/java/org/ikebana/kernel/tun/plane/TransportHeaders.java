package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.offload.Segmenter;
import org.ikebana.kernel.tun.packet.IpHeader;

/**
 * Transport mode outwards (RFC 4303 3.1.1): what stands behind the IP header is protected; the header itself is written anew
 * by the socket. IPv6 extension headers are protected with the rest. Of one worker.
 */
final class TransportHeaders {
    private final ByteBuffer packet = ByteBuffer.allocateDirect(0x1_0000);
    private int headerLength;
    private int payloadLength;
    private int protocol;

    /** How many octets of the packet do not become payload. */
    static int stripped(OutboundSa sa, IpHeader header) {
        if (!sa.isTransport()) {
            return 0;
        }
        return header.version() == 4 ? header.headerLength() : IpHeader.IPV6_LENGTH;
    }

    /** Takes one segment and returns the length of its payload. */
    int take(Segmenter segmenter, int index) {
        int length = segmenter.write(index, packet, 0);
        boolean four = segmenter.header().version() == 4;
        headerLength = four ? (packet.get(0) & 0x0f) * 4 : IpHeader.IPV6_LENGTH;
        protocol = packet.get(four ? 9 : 6) & 0xff;
        payloadLength = length - headerLength;
        return payloadLength;
    }

    /** Of the segment that was taken. */
    int protocol() {
        return protocol;
    }

    void copyPayload(ByteBuffer memory, int at) {
        memory.put(at, packet, headerLength, payloadLength);
    }
}
