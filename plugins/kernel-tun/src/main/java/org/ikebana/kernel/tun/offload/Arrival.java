package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.packet.Checksum;
import org.ikebana.kernel.tun.packet.IpHeader;

/** What a packet is to {@link Coalescer}: whether it may be one of many in a frame. */
final class Arrival {
    private final boolean mergesUdp;
    private final IpHeader header = new IpHeader();
    private boolean isPacket;
    private boolean isMergeable;
    private int length;
    private int headersLength;

    Arrival(boolean mergesUdp) {
        this.mergesUdp = mergesUdp;
    }

    void read(ByteBuffer memory, int at, int length) {
        isPacket = header.parse(memory, at, length);
        this.length = isPacket ? header.totalLength() : length;
        isMergeable = isPacket && hasPlainHeader() && (isTcpData() || mergesUdp && isDatagram());
    }

    private boolean hasPlainHeader() {
        int plain = header.version() == 4 ? IpHeader.IPV4_LENGTH : IpHeader.IPV6_LENGTH;
        return header.headerLength() == plain && !header.isFragment();
    }

    private boolean isTcpData() {
        int upper = header.headerLength();
        if (header.protocol() != Layer4.TCP || length - upper < Layer4.TCP_LENGTH) {
            return false;
        }
        ByteBuffer memory = header.memory();
        int tcpLength = Layer4.tcpHeaderLength(memory, header.at() + upper);
        headersLength = upper + tcpLength;
        int flags = memory.get(header.at() + upper + Layer4.TCP_FLAGS) & 0xff;
        return tcpLength >= Layer4.TCP_LENGTH && headersLength < length && (flags & ~Layer4.TCP_PSH) == Layer4.TCP_ACK;
    }

    private boolean isDatagram() {
        int upper = header.headerLength();
        headersLength = upper + Layer4.UDP_LENGTH;
        if (header.protocol() != Layer4.UDP || headersLength >= length) {
            return false;
        }
        int udp = header.at() + upper;
        ByteBuffer memory = header.memory();
        return (memory.getShort(udp + Layer4.UDP_LENGTH_FIELD) & 0xffff) == length - upper
                && memory.getShort(udp + Layer4.UDP_CHECKSUM) != 0;
    }

    /** Whether all checksums are right. A frame's are made anew, which must not mend what came in broken. */
    boolean isWhole() {
        boolean isHeaderWhole = header.version() == 6
                || Checksum.sum(header.memory(), header.at(), IpHeader.IPV4_LENGTH) == Checksum.WHOLE;
        return isHeaderWhole && Checksum.isUpperLayerWhole(header);
    }

    /** TCP data or a datagram without anything special; its checksums are still to be looked at. */
    boolean isMergeable() {
        return isMergeable;
    }

    /** Whether it is an IP packet at all. */
    boolean isPacket() {
        return isPacket;
    }

    IpHeader header() {
        return header;
    }

    int length() {
        return length;
    }

    /** Of one that is mergeable: IP and the upper layer. */
    int headersLength() {
        return headersLength;
    }

    /** Of one that is mergeable, at least 1. */
    int payload() {
        return length - headersLength;
    }

    boolean isTcp() {
        return header.protocol() == Layer4.TCP;
    }

    /** The sender's word that nothing follows soon: a frame ends here. */
    boolean isPushed() {
        return isTcp() && (tcpByte(Layer4.TCP_FLAGS) & Layer4.TCP_PSH) != 0;
    }

    private int tcpByte(int offset) {
        return header.memory().get(header.at() + header.headerLength() + offset);
    }
}
