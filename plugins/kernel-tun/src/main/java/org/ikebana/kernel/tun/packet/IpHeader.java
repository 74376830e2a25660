package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;
import org.ikebana.ike.ts.ProtocolPorts;
import org.jspecify.annotations.Nullable;

/**
 * What the header of one IP packet says (RFC 791, RFC 8200), read once and good until the next {@link #parse}. Of one thread.
 */
public final class IpHeader {
    /** Without options. */
    public static final int IPV4_LENGTH = 20;

    /** Without extension headers. */
    public static final int IPV6_LENGTH = 40;

    /** Of an IPv6 packet; RFC 8504 5.3 asks for a limit. A longer chain is malformed. */
    public static final int MAX_EXTENSION_HEADERS = 10;

    static final int HOP_BY_HOP = 0;
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int ICMPV6 = 58;
    static final int DESTINATION_OPTIONS = 60;

    private static final int IPV4_DONT_FRAGMENT = 0x4000;
    private static final int IPV4_MORE_FRAGMENTS = 0x2000;
    private static final int IPV4_OFFSET = 0x1fff;
    private static final int IPV6_OFFSET_AND_MORE = 0xfff9;
    private static final int IPV6_OFFSET = 0xfff8;
    private static final long IPV4_MAPPED = 0xffff_0000_0000L;
    private static final int MALFORMED = -1;

    private @Nullable ByteBuffer memory;
    private int at;
    private int version;
    private int headerLength;
    private int totalLength;
    private int protocol;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int sourcePort;
    private int destinationPort;
    private boolean fragment;
    private boolean laterFragment;
    private boolean dontFragment;
    private int trafficClass;
    private int timeToLive;

    /**
     * Reads the packet that starts there. Checksums are not looked at.
     *
     * @param memory direct, big endian
     * @param available octets from {@code at} on, within the memory; the packet may be shorter
     * @return false if it is no whole IP packet; then the other methods tell nothing
     */
    public boolean parse(ByteBuffer memory, int at, int available) {
        this.memory = memory;
        this.at = at;
        fragment = false;
        laterFragment = false;
        if (available < IPV4_LENGTH) {
            return false;
        }
        version = (memory.get(at) & 0xff) >>> 4;
        return switch (version) {
            case 4 -> parseIpv4(memory, available);
            case 6 -> parseIpv6(memory, available);
            default -> false;
        };
    }

    private boolean parseIpv4(ByteBuffer memory, int available) {
        headerLength = (memory.get(at) & 0x0f) * 4;
        totalLength = memory.getShort(at + 2) & 0xffff;
        if (headerLength < IPV4_LENGTH || totalLength < headerLength || totalLength > available) {
            return false;
        }
        trafficClass = memory.get(at + 1) & 0xff;
        int flagsAndOffset = memory.getShort(at + 6) & 0xffff;
        dontFragment = (flagsAndOffset & IPV4_DONT_FRAGMENT) != 0;
        laterFragment = (flagsAndOffset & IPV4_OFFSET) != 0;
        fragment = laterFragment || (flagsAndOffset & IPV4_MORE_FRAGMENTS) != 0;
        timeToLive = memory.get(at + 8) & 0xff;
        protocol = memory.get(at + 9) & 0xff;
        sourceHigh = 0;
        sourceLow = IPV4_MAPPED | memory.getInt(at + 12) & 0xffff_ffffL;
        destinationHigh = 0;
        destinationLow = IPV4_MAPPED | memory.getInt(at + 16) & 0xffff_ffffL;
        readPorts(memory);
        return true;
    }

    private boolean parseIpv6(ByteBuffer memory, int available) {
        if (available < IPV6_LENGTH) {
            return false;
        }
        totalLength = IPV6_LENGTH + (memory.getShort(at + 4) & 0xffff);
        if (totalLength > available) {
            return false;
        }
        trafficClass = (memory.getShort(at) & 0x0ff0) >>> 4;
        dontFragment = true;
        timeToLive = memory.get(at + 7) & 0xff;
        sourceHigh = memory.getLong(at + 8);
        sourceLow = memory.getLong(at + 16);
        destinationHigh = memory.getLong(at + 24);
        destinationLow = memory.getLong(at + 32);
        headerLength = IPV6_LENGTH;
        protocol = memory.get(at + 6) & 0xff;
        if (!skipExtensionHeaders(memory)) {
            return false;
        }
        readPorts(memory);
        return true;
    }

    private boolean skipExtensionHeaders(ByteBuffer memory) {
        for (int count = 0; isExtension(protocol) && !laterFragment; count++) {
            int length =
                    count < MAX_EXTENSION_HEADERS ? extensionLength(memory, totalLength - headerLength) : MALFORMED;
            if (length == MALFORMED) {
                return false;
            }
            int extension = at + headerLength;
            if (protocol == FRAGMENT) {
                int offsetAndMore = memory.getShort(extension + 2) & 0xffff;
                // RFC 6946: neither offset nor more to come, so it is whole
                fragment |= (offsetAndMore & IPV6_OFFSET_AND_MORE) != 0;
                laterFragment = (offsetAndMore & IPV6_OFFSET) != 0;
            }
            protocol = memory.get(extension) & 0xff;
            headerLength += length;
        }
        return true;
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    private int extensionLength(ByteBuffer memory, int left) {
        if (left < 8) {
            return MALFORMED;
        }
        int length = protocol == FRAGMENT ? 8 : ((memory.get(at + headerLength + 1) & 0xff) + 1) * 8;
        return length <= left ? length : MALFORMED;
    }

    private void readPorts(ByteBuffer memory) {
        sourcePort = 0;
        destinationPort = 0;
        int left = laterFragment ? 0 : totalLength - headerLength;
        int upper = at + headerLength;
        if (left >= 4 && ProtocolPorts.hasPorts(protocol)) {
            sourcePort = memory.getShort(upper) & 0xffff;
            destinationPort = memory.getShort(upper + 2) & 0xffff;
        } else if (left >= 2 && ProtocolPorts.hasTypeAndCode(protocol)) {
            sourcePort = memory.get(upper) & 0xff;
            destinationPort = memory.get(upper + 1) & 0xff;
        }
    }

    /** What was parsed last. */
    public ByteBuffer memory() {
        if (memory == null) {
            throw new IllegalStateException("no packet was parsed; call parse first");
        }
        return memory;
    }

    /** Where in the memory the packet starts. */
    public int at() {
        return at;
    }

    /** 4 or 6. */
    public int version() {
        return version;
    }

    /** Up to the upper layer: with IPv4 options, IPv6 extension headers. */
    public int headerLength() {
        return headerLength;
    }

    /** Of the whole packet with its header. */
    public int totalLength() {
        return totalLength;
    }

    /**
     * Of the upper layer. AH and ESP count as such; and in a later fragment whatever follows the fragment header, be it
     * an extension header.
     */
    public int protocol() {
        return protocol;
    }

    /** IPv4 addresses are {@code ::ffff:a.b.c.d} (RFC 4291 2.5.5.2). */
    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /** Or the type of ICMP and ICMPv6. 0 where it is not seen: later fragments, cut packets, other protocols. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Or the code of ICMP and ICMPv6; otherwise as {@link #sourcePort}. */
    public int destinationPort() {
        return destinationPort;
    }

    /** Whether parts of the packet travel elsewhere. An atomic IPv6 fragment (RFC 6946) is whole. */
    public boolean isFragment() {
        return fragment;
    }

    /** Whether this is the fragment that the upper layer's header is in. */
    public boolean isFirstFragment() {
        return fragment && !laterFragment;
    }

    /** Always so for IPv6 (RFC 8200 4.5). */
    public boolean dontFragment() {
        return dontFragment;
    }

    /** DSCP and ECN. */
    public int trafficClass() {
        return trafficClass;
    }

    /** The hop limit of IPv6. */
    public int timeToLive() {
        return timeToLive;
    }

    /** Writes DSCP and ECN into the packet, and what that makes of the checksum of an IPv4 header. */
    public void setTrafficClass(int trafficClass) {
        this.trafficClass = trafficClass & 0xff;
        setTrafficClass(memory(), at, trafficClass);
    }

    /** As {@link #setTrafficClass(int)}, for any packet of at least a header's length. */
    public static void setTrafficClass(ByteBuffer memory, int at, int trafficClass) {
        int old = memory.getShort(at) & 0xffff;
        if (old >>> 12 == 6) {
            memory.putShort(at, (short) (old & 0xf00f | (trafficClass & 0xff) << 4));
            return;
        }
        int changed = old & 0xff00 | trafficClass & 0xff;
        memory.putShort(at, (short) changed);
        Checksum.update(memory, at + 10, old, changed);
    }
}
