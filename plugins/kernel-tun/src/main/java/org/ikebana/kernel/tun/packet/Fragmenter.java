package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;

/** Splits IPv4 packets for a narrower way (RFC 791 3.2); nobody does that to IPv6 (RFC 8200 4.5). Of one thread. Allocates nothing. */
public final class Fragmenter {
    /** RFC 791 3.2: the narrowest way there is. */
    public static final int MIN_MTU = 68;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET = 0x1fff;
    private static final int UNIT = 8;

    private final CopiedOptions options = new CopiedOptions();
    private IpHeader packet = new IpHeader();
    private int fragments;
    private int firstData;
    private int laterData;
    private int laterHeader;

    /**
     * Plans the fragments of a packet, which must stay as it is until the last of them is written. One that fits already is
     * its own only fragment.
     *
     * @param packet may be a fragment itself
     * @param mtu what a fragment may be long with its header, in octets
     * @return false if it must not be split: IPv6, DF, or an MTU below {@link #MIN_MTU}; or cannot be: malformed options
     *     or offset
     */
    public boolean begin(IpHeader packet, int mtu) {
        this.packet = packet;
        fragments = 1;
        if (packet.totalLength() <= mtu) {
            return true;
        }
        fragments = 0;
        int headerLength = packet.headerLength();
        if (packet.version() != 4 || packet.dontFragment() || mtu < MIN_MTU) {
            return false;
        }
        if (!options.read(packet.memory(), packet.at() + IpHeader.IPV4_LENGTH, headerLength - IpHeader.IPV4_LENGTH)) {
            return false;
        }
        laterHeader = IpHeader.IPV4_LENGTH + options.length();
        firstData = wholeUnits(mtu - headerLength);
        laterData = wholeUnits(mtu - laterHeader);
        int data = packet.totalLength() - headerLength;
        int later = (data - firstData + laterData - 1) / laterData;
        int lastUnit = (flagsAndOffset() & OFFSET) + (firstData + (later - 1) * laterData) / UNIT;
        if (lastUnit > OFFSET) {
            return false;
        }
        fragments = 1 + later;
        return true;
    }

    private static int wholeUnits(int octets) {
        return octets / UNIT * UNIT;
    }

    private int flagsAndOffset() {
        return packet.memory().getShort(packet.at() + 6) & 0xffff;
    }

    /** How many there are. */
    public int fragments() {
        return fragments;
    }

    /**
     * Writes one of the fragments.
     *
     * @param index from 0
     * @param out direct, big endian, with room for the MTU; not the packet's own octets
     * @return its length
     */
    public int write(int index, ByteBuffer out, int outAt) {
        ByteBuffer in = packet.memory();
        if (fragments == 1) {
            out.put(outAt, in, packet.at(), packet.totalLength());
            return packet.totalLength();
        }
        boolean isLast = index == fragments - 1;
        int offset = index == 0 ? 0 : firstData + (index - 1) * laterData;
        int left = packet.totalLength() - packet.headerLength() - offset;
        int data = isLast ? left : index == 0 ? firstData : laterData;
        int headerLength = writeHeader(index == 0, out, outAt);
        int flags = flagsAndOffset() + offset / UNIT;
        out.putShort(outAt + 2, (short) (headerLength + data));
        out.putShort(outAt + 6, (short) (isLast ? flags : flags | MORE_FRAGMENTS));
        Checksum.writeIpv4(out, outAt, headerLength);
        out.put(outAt + headerLength, in, packet.at() + packet.headerLength() + offset, data);
        return headerLength + data;
    }

    private int writeHeader(boolean isFirst, ByteBuffer out, int outAt) {
        int headerLength = isFirst ? packet.headerLength() : laterHeader;
        out.put(outAt, packet.memory(), packet.at(), isFirst ? headerLength : IpHeader.IPV4_LENGTH);
        if (!isFirst) {
            options.write(out, outAt + IpHeader.IPV4_LENGTH);
        }
        out.put(outAt, (byte) (0x40 | headerLength / 4));
        return headerLength;
    }
}
