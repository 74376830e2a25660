package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.packet.Checksum;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.wire.EspReceiver;

/**
 * Transport mode inwards: the socket has kept the IP header to itself, so one is built of what it tells (RFC 4303 3.1.1). Of
 * one worker.
 */
final class InboundHeaders {
    private static final int MAX_PACKET = 0xffff;
    private static final int TIME_TO_LIVE = 64;

    /** With it the ID may be anything (RFC 6864 4.1). */
    private static final int DONT_FRAGMENT = 0x4000;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(MAX_PACKET + 1);

    ByteBuffer memory() {
        return packet;
    }

    /** Puts the packet at 0 and returns its length, or 0 if it would be too long. */
    int build(EspReceiver receiver, int i, int payload, int length, int protocol) {
        boolean four = receiver.destinationHigh(i) == 0 && receiver.destinationLow(i) >>> 32 == 0xffff;
        int headerLength = four ? IpHeader.IPV4_LENGTH : IpHeader.IPV6_LENGTH;
        if (headerLength + length > MAX_PACKET) {
            return 0;
        }
        if (four) {
            putIpv4(receiver, i, headerLength + length, protocol);
        } else {
            putIpv6(receiver, i, length, protocol);
        }
        packet.put(headerLength, receiver.memory(), payload, length);
        return headerLength + length;
    }

    private void putIpv4(EspReceiver receiver, int i, int totalLength, int protocol) {
        packet.putShort(0, (short) (0x4500 | receiver.trafficClass(i)));
        packet.putShort(2, (short) totalLength);
        packet.putInt(4, DONT_FRAGMENT);
        packet.putShort(8, (short) (TIME_TO_LIVE << 8 | protocol));
        packet.putShort(10, (short) 0);
        packet.putInt(12, (int) receiver.sourceLow(i));
        packet.putInt(16, (int) receiver.destinationLow(i));
        Checksum.writeIpv4(packet, 0, IpHeader.IPV4_LENGTH);
    }

    private void putIpv6(EspReceiver receiver, int i, int length, int protocol) {
        packet.putInt(0, 6 << 28 | receiver.trafficClass(i) << 20);
        packet.putShort(4, (short) length);
        packet.putShort(6, (short) (protocol << 8 | TIME_TO_LIVE));
        packet.putLong(8, receiver.sourceHigh(i));
        packet.putLong(16, receiver.sourceLow(i));
        packet.putLong(24, receiver.destinationHigh(i));
        packet.putLong(32, receiver.destinationLow(i));
    }
}
