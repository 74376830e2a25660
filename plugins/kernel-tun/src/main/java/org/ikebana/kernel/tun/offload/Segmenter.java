package org.ikebana.kernel.tun.offload;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.packet.Checksum;
import org.ikebana.kernel.tun.packet.IpHeader;

/**
 * Takes a frame of the host apart into the packets that it stands for, whole with their checksums: what a network card does that
 * has TSO and USO. Of one thread. Allocates nothing.
 */
public final class Segmenter {
    private final IpHeader header = new IpHeader();
    private int segments;
    private int headersLength;
    private int gsoSize;
    private boolean isSegmented;

    /** Within the packet. */
    private int checksumAt;

    private int checksumStart;

    /** Of a segment's pseudo-header, but for the length. */
    private int pseudoHeader;

    /**
     * Reads a frame, which must stay as it is until its last segment is written. Where the host left a single packet's
     * checksum to be done, it is done now in the frame.
     *
     * @param frame direct, big endian, writable
     * @param length with the virtio header
     * @return false if it is none that this can take apart: malformed, or of a type that was not asked for
     */
    public boolean begin(ByteBuffer frame, int at, int length) {
        segments = 0;
        int packetAt = at + VirtioHeader.LENGTH;
        if (length <= VirtioHeader.LENGTH || !header.parse(frame, packetAt, length - VirtioHeader.LENGTH)) {
            return false;
        }
        gsoSize = VirtioHeader.gsoSize(frame, at);
        boolean isGood = switch (VirtioHeader.gsoType(frame, at) & ~VirtioHeader.GSO_ECN) {
            case VirtioHeader.GSO_NONE -> beginWhole(frame, at);
            case VirtioHeader.GSO_TCPV4 -> header.version() == 4 && beginTcp();
            case VirtioHeader.GSO_TCPV6 -> header.version() == 6 && beginTcp();
            case VirtioHeader.GSO_UDP_L4 -> beginUdp();
            default -> false;
        };
        return isGood;
    }

    private boolean beginWhole(ByteBuffer frame, int at) {
        isSegmented = false;
        boolean isWhole = (VirtioHeader.flags(frame, at) & VirtioHeader.F_NEEDS_CSUM) == 0;
        if (!isWhole && !completeChecksum(frame, at)) {
            return false;
        }
        segments = 1;
        return true;
    }

    /** In the frame itself, so that whoever changes or quotes the packet finds it whole, and a second look too. */
    private boolean completeChecksum(ByteBuffer frame, int at) {
        checksumStart = VirtioHeader.csumStart(frame, at);
        checksumAt = checksumStart + VirtioHeader.csumOffset(frame, at);
        if (checksumStart < header.headerLength() || checksumAt + 2 > header.totalLength()) {
            return false;
        }
        // the field holds the pseudo-header's sum and is summed with the rest
        int sum = Checksum.sum(frame, header.at() + checksumStart, header.totalLength() - checksumStart);
        putChecksum(frame, header.at(), sum);
        VirtioHeader.setFlags(frame, at, 0);
        return true;
    }

    private boolean beginTcp() {
        int upper = header.headerLength();
        if (header.protocol() != Layer4.TCP || header.totalLength() - upper < Layer4.TCP_LENGTH) {
            return false;
        }
        int tcpLength = Layer4.tcpHeaderLength(header.memory(), header.at() + upper);
        return tcpLength >= Layer4.TCP_LENGTH && beginSegments(upper + tcpLength, Layer4.TCP_CHECKSUM);
    }

    private boolean beginUdp() {
        return header.protocol() == Layer4.UDP
                && beginSegments(header.headerLength() + Layer4.UDP_LENGTH, Layer4.UDP_CHECKSUM);
    }

    private boolean beginSegments(int headersLength, int checksumOffset) {
        int payload = header.totalLength() - headersLength;
        if (payload < 0 || gsoSize == 0 || header.isFragment()) {
            return false;
        }
        isSegmented = true;
        this.headersLength = headersLength;
        checksumStart = header.headerLength();
        checksumAt = checksumStart + checksumOffset;
        pseudoHeader = Checksum.pseudoHeader(header, header.protocol(), 0);
        segments = Math.max(1, (payload + gsoSize - 1) / gsoSize);
        return true;
    }

    /** Of the frame's packet, whose addresses, ports and the like are those of all segments. */
    public IpHeader header() {
        return header;
    }

    /** How many packets the frame stands for. */
    public int segments() {
        return segments;
    }

    /** The length of the largest of them, in octets. */
    public int largestSegment() {
        return isSegmented ? Math.min(headersLength + gsoSize, header.totalLength()) : header.totalLength();
    }

    /** The length of one of them, numbered from 0, in octets. */
    public int length(int index) {
        if (!isSegmented) {
            return header.totalLength();
        }
        return headersLength + Math.min(gsoSize, header.totalLength() - headersLength - index * gsoSize);
    }

    /**
     * Writes one of the packets.
     *
     * @param index from 0
     * @param out direct, big endian, with room for {@link #largestSegment}; not the frame's own octets
     * @return its length
     */
    public int write(int index, ByteBuffer out, int outAt) {
        if (!isSegmented) {
            return writeWhole(out, outAt);
        }
        ByteBuffer in = header.memory();
        int offset = index * gsoSize;
        int length = length(index);
        int payload = length - headersLength;
        out.put(outAt, in, header.at(), headersLength);
        out.put(outAt + headersLength, in, header.at() + headersLength + offset, payload);
        writeIp(index, out, outAt, length);
        if (header.protocol() == Layer4.TCP) {
            writeTcp(index, out, outAt + checksumStart);
        } else {
            out.putShort(outAt + checksumStart + Layer4.UDP_LENGTH_FIELD, (short) (length - checksumStart));
        }
        writeChecksum(out, outAt, length);
        return length;
    }

    private int writeWhole(ByteBuffer out, int outAt) {
        int length = header.totalLength();
        out.put(outAt, header.memory(), header.at(), length);
        return length;
    }

    private void writeIp(int index, ByteBuffer out, int at, int length) {
        if (header.version() == 6) {
            out.putShort(at + 4, (short) (length - IpHeader.IPV6_LENGTH));
            return;
        }
        out.putShort(at + 2, (short) length);
        out.putShort(at + 4, (short) (out.getShort(at + 4) + index));
        Checksum.writeIpv4(out, at, header.headerLength());
    }

    private void writeTcp(int index, ByteBuffer out, int at) {
        int sequence = at + Layer4.TCP_SEQUENCE;
        out.putInt(sequence, out.getInt(sequence) + index * gsoSize);
        int flags = out.get(at + Layer4.TCP_FLAGS);
        if (index != 0) {
            flags &= ~Layer4.TCP_CWR;
        }
        if (index != segments - 1) {
            flags &= ~(Layer4.TCP_FIN | Layer4.TCP_PSH);
        }
        out.put(at + Layer4.TCP_FLAGS, (byte) flags);
    }

    private void writeChecksum(ByteBuffer out, int at, int length) {
        int upperLength = length - checksumStart;
        out.putShort(at + checksumAt, (short) 0);
        int sum = Checksum.sum(out, at + checksumStart, upperLength);
        putChecksum(out, at, Checksum.add(sum, Checksum.add(pseudoHeader, upperLength)));
    }

    /** Never 0, which means "none" to UDP (RFC 768) and the same as all ones to everybody else. */
    private void putChecksum(ByteBuffer out, int at, int sum) {
        int checksum = Checksum.complement(sum);
        out.putShort(at + checksumAt, (short) (checksum == 0 ? 0xffff : checksum));
    }
}
