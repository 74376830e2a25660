package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.device.PacketQueue;
import org.ikebana.kernel.tun.packet.Checksum;
import org.ikebana.kernel.tun.packet.IpHeader;

/** A frame under construction: one packet, or the segments of one flow in a row. */
final class FlowFrame {
    /** What Linux itself puts together of UDP (UDP_GRO_CNT_MAX). */
    static final int MAX_DATAGRAMS = 64;

    private static final int PACKET = VirtioHeader.LENGTH;
    private static final int MAX_LENGTH = PacketQueue.MAX_FRAME - PACKET;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(PacketQueue.MAX_FRAME);

    /** Of the packet in the frame, as the first of it was. */
    private final IpHeader header = new IpHeader();

    private boolean isPacket;
    private boolean isOpen;
    private boolean isVerified;
    private boolean isPushed;
    private int length;
    private int headersLength;
    private int gsoSize;
    private int segments;
    private int nextSequence;

    /** Begins with that packet; whether another may follow is seen when it comes. */
    void start(Arrival first) {
        length = first.length();
        memory.put(PACKET, first.header().memory(), first.header().at(), length);
        isPacket = first.isPacket() && header.parse(memory, PACKET, length);
        segments = 1;
        isVerified = first.isMergeable() && first.isWhole();
        isPushed = isVerified && first.isPushed();
        isOpen = isVerified && !isPushed;
        if (isVerified) {
            headersLength = first.headersLength();
            gsoSize = first.payload();
            nextSequence = first.isTcp() ? sequence(memory, PACKET + header.headerLength()) + gsoSize : 0;
        }
    }

    /** Whether this must not be overtaken by the packet: nothing tells the two flows apart. */
    boolean isSameFlow(Arrival next) {
        IpHeader other = next.header();
        if (!isPacket
                || !next.isPacket()
                || header.sourceLow() != other.sourceLow()
                || header.destinationLow() != other.destinationLow()
                || header.sourceHigh() != other.sourceHigh()
                || header.destinationHigh() != other.destinationHigh()
                || header.version() != other.version()
                || header.protocol() != other.protocol()) {
            return false;
        }
        boolean arePortsSeen = !header.isFragment() && !other.isFragment();
        return !arePortsSeen
                || header.sourcePort() == other.sourcePort() && header.destinationPort() == other.destinationPort();
    }

    /** Takes one more packet of the same flow, if it goes on where the last one ended. */
    boolean append(Arrival next) {
        if (!isOpen || !next.isMergeable() || !fits(next) || !isContinuedBy(next) || !next.isWhole()) {
            return false;
        }
        int payload = next.payload();
        IpHeader other = next.header();
        memory.put(PACKET + length, other.memory(), other.at() + headersLength, payload);
        length += payload;
        segments++;
        nextSequence += payload;
        isPushed = next.isPushed();
        isOpen = payload == gsoSize && !isPushed;
        return true;
    }

    private boolean fits(Arrival next) {
        return next.headersLength() == headersLength
                && next.payload() <= gsoSize
                && length + next.payload() <= MAX_LENGTH
                && (next.isTcp() || segments < MAX_DATAGRAMS);
    }

    private boolean isContinuedBy(Arrival next) {
        ByteBuffer other = next.header().memory();
        int otherAt = next.header().at();
        int upper = PACKET + header.headerLength();
        int otherUpper = otherAt + header.headerLength();
        boolean isSameUpperLayer = next.isTcp()
                ? sequence(other, otherUpper) == nextSequence
                        && FrameHeaders.haveSameTcp(memory, upper, other, otherUpper)
                : FrameHeaders.haveSameUdp(memory, upper, other, otherUpper);
        if (!isSameUpperLayer) {
            return false;
        }
        if (header.version() == 6) {
            return FrameHeaders.haveSameIpv6(memory, PACKET, other, otherAt);
        }
        // RFC 6864 4.1: with DF the ID means nothing
        boolean isNextId = header.dontFragment()
                || other.getShort(otherAt + 4) == (short) (memory.getShort(PACKET + 4) + segments);
        return isNextId && FrameHeaders.haveSameIpv4(memory, PACKET, other, otherAt);
    }

    private static int sequence(ByteBuffer memory, int at) {
        return memory.getInt(at + Layer4.TCP_SEQUENCE);
    }

    /**
     * Writes the headers as they must be for all that is in the frame.
     *
     * @return the length with the virtio header
     */
    int complete() {
        VirtioHeader.clear(memory, 0);
        if (segments > 1) {
            completeSegments();
        } else if (isVerified) {
            VirtioHeader.setFlags(memory, 0, VirtioHeader.F_DATA_VALID);
        }
        return PACKET + length;
    }

    private void completeSegments() {
        boolean isTcp = header.protocol() == Layer4.TCP;
        int upper = header.headerLength();
        int upperLength = length - upper;
        int checksumOffset = isTcp ? Layer4.TCP_CHECKSUM : Layer4.UDP_CHECKSUM;
        completeIp();
        if (isTcp) {
            int flags = PACKET + upper + Layer4.TCP_FLAGS;
            memory.put(flags, (byte) (memory.get(flags) | (isPushed ? Layer4.TCP_PSH : 0)));
        } else {
            memory.putShort(PACKET + upper + Layer4.UDP_LENGTH_FIELD, (short) upperLength);
        }
        int pseudoHeader = Checksum.pseudoHeader(header, header.protocol(), upperLength);
        memory.putShort(PACKET + upper + checksumOffset, (short) pseudoHeader);
        VirtioHeader.setFlags(memory, 0, VirtioHeader.F_NEEDS_CSUM);
        VirtioHeader.setGso(memory, 0, gsoType(isTcp), headersLength, gsoSize);
        VirtioHeader.setCsum(memory, 0, upper, checksumOffset);
    }

    private int gsoType(boolean isTcp) {
        if (!isTcp) {
            return VirtioHeader.GSO_UDP_L4;
        }
        return header.version() == 4 ? VirtioHeader.GSO_TCPV4 : VirtioHeader.GSO_TCPV6;
    }

    private void completeIp() {
        if (header.version() == 6) {
            memory.putShort(PACKET + 4, (short) (length - IpHeader.IPV6_LENGTH));
            return;
        }
        memory.putShort(PACKET + 2, (short) length);
        Checksum.writeIpv4(memory, PACKET, IpHeader.IPV4_LENGTH);
    }

    ByteBuffer memory() {
        return memory;
    }
}
