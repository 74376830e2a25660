package org.ikebana.ike.corpus;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the UDP datagrams of Ethernet, loopback and raw IP frames. Frames of other kinds are passed over. */
final class IpReassembly {
    private static final int UDP = 17;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int IPV6_FRAGMENT = 44;

    private final Map<FragmentKey, TreeMap<Integer, IpPart>> waiting = new HashMap<>();

    private record FragmentKey(String source, String destination, int identification) {}

    /** What one IP packet carries of a payload; {@code offset} in octets. */
    private record IpPart(FragmentKey key, int protocol, int offset, boolean more, ByteBuffer data) {}

    List<UdpDatagram> datagrams(List<Frame> frames) {
        List<UdpDatagram> datagrams = new ArrayList<>();
        for (Frame frame : frames) {
            packet(frame)
                    .flatMap(IpReassembly::part)
                    .filter(part -> part.protocol == UDP)
                    .flatMap(this::complete)
                    .flatMap(part -> datagram(frame.number(), part))
                    .ifPresent(datagrams::add);
        }
        return datagrams;
    }

    /** The IP packet in a frame. */
    private static Optional<ByteBuffer> packet(Frame frame) {
        ByteBuffer octets = ByteBuffer.wrap(frame.octets());
        int header = switch (frame.linkType()) {
            case 0, 108 -> 4; // BSD loopback: the address family
            case 1 -> octets.limit() > 14 && octets.getShort(12) == (short) ETHERTYPE_VLAN ? 18 : 14;
            case 12, 14, 101, 228, 229 -> 0; // raw IP
            case 113 -> 16; // Linux "cooked"
            case 276 -> 20; // Linux "cooked", version 2
            default -> octets.limit();
        };
        return octets.limit() > header ? Optional.of(octets.position(header).slice()) : Optional.empty();
    }

    private static Optional<IpPart> part(ByteBuffer packet) {
        int version = packet.get(0) >> 4 & 0xf;
        if (version == 4 && packet.limit() >= 20) {
            return Optional.of(ipv4(packet));
        }
        return version == 6 && packet.limit() >= 40 ? Optional.of(ipv6(packet)) : Optional.empty();
    }

    private static IpPart ipv4(ByteBuffer packet) {
        int header = Math.min((packet.get(0) & 0xf) * 4, packet.limit());
        int length = Short.toUnsignedInt(packet.getShort(2));
        int end = length < header ? packet.limit() : Math.min(length, packet.limit());
        int fragment = packet.getShort(6);
        return new IpPart(
                new FragmentKey(address(packet, 12, 4), address(packet, 16, 4), packet.getShort(4)),
                packet.get(9) & 0xff,
                (fragment & 0x1fff) * 8,
                (fragment & 0x2000) != 0,
                packet.slice(header, end - header));
    }

    /** Of the extension headers, Fragment alone is understood. */
    private static IpPart ipv6(ByteBuffer packet) {
        boolean fragmented = packet.get(6) == IPV6_FRAGMENT && packet.limit() >= 48;
        int header = fragmented ? 48 : 40;
        int fragment = fragmented ? packet.getShort(42) : 0;
        int end = Math.clamp(40 + Short.toUnsignedInt(packet.getShort(4)), header, packet.limit());
        return new IpPart(
                new FragmentKey(address(packet, 8, 16), address(packet, 24, 16), fragmented ? packet.getInt(44) : 0),
                packet.get(fragmented ? 40 : 6) & 0xff,
                fragment & 0xfff8,
                (fragment & 1) != 0,
                packet.slice(header, end - header));
    }

    /** The whole payload, once its last fragment is there. */
    private Optional<IpPart> complete(IpPart part) {
        if (part.offset == 0 && !part.more) {
            return Optional.of(part);
        }
        TreeMap<Integer, IpPart> parts = waiting.computeIfAbsent(part.key, key -> new TreeMap<>());
        parts.put(part.offset, part);
        ByteBuffer whole = ByteBuffer.allocate(0xffff);
        for (IpPart next : parts.values()) {
            if (next.offset != whole.position() || next.data.limit() > whole.remaining()) {
                return Optional.empty();
            }
            whole.put(next.data.duplicate());
        }
        if (parts.lastEntry().getValue().more) {
            return Optional.empty();
        }
        waiting.remove(part.key);
        return Optional.of(new IpPart(part.key, part.protocol, 0, false, whole.flip()));
    }

    private static Optional<UdpDatagram> datagram(int frame, IpPart part) {
        ByteBuffer udp = part.data;
        if (udp.limit() < 8) {
            return Optional.empty();
        }
        int end = Math.clamp(Short.toUnsignedInt(udp.getShort(4)), 8, udp.limit());
        byte[] payload = new byte[end - 8];
        udp.get(8, payload);
        return Optional.of(new UdpDatagram(
                frame,
                part.key.source + ":" + Short.toUnsignedInt(udp.getShort(0)),
                part.key.destination + ":" + Short.toUnsignedInt(udp.getShort(2)),
                payload));
    }

    private static String address(ByteBuffer packet, int at, int length) {
        byte[] address = new byte[length];
        packet.get(at, address);
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Arrays.toString(address), e);
        }
    }
}
