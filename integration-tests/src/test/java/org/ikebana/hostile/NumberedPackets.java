package org.ikebana.hostile;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Legitimate traffic: UDP over IPv4, each datagram with a number and octets that follow from it. */
final class NumberedPackets {
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int MOST_FILLER = 1200;
    private static final int TTL = 64;
    private static final int UDP = 17;
    private static final int PORT = 5000;

    private final byte[] source;
    private final byte[] destination;
    private final Set<Long> underWay = new HashSet<>();
    private long made;

    NumberedPackets(InetAddress source, InetAddress destination) {
        this.source = source.getAddress();
        this.destination = destination.getAddress();
    }

    byte[] next() {
        long number = made++;
        underWay.add(number);
        byte[] payload = payload(number);
        int length = IP_HEADER + UDP_HEADER + payload.length;
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putShort((short) 0x4500).putShort((short) length).putInt((int) number << 16);
        packet.put((byte) TTL).put((byte) UDP).putShort((short) 0).put(source).put(destination);
        packet.putShort((short) PORT).putShort((short) PORT);
        packet.putShort((short) (UDP_HEADER + payload.length))
                .putShort((short) 0)
                .put(payload);
        packet.putShort(10, headerChecksum(packet));
        return packet.array();
    }

    /** How many have been made. */
    long made() {
        return made;
    }

    boolean allArrived() {
        return underWay.isEmpty();
    }

    /** @throws AssertionError if it is none of those that are under way, or is not as it was sent */
    void arrived(byte[] packet) {
        ByteBuffer octets = ByteBuffer.wrap(packet);
        if (packet.length < IP_HEADER + UDP_HEADER + Long.BYTES || octets.get(0) != 0x45) {
            throw new AssertionError("something that was never sent got through: " + Arrays.toString(packet));
        }
        long number = octets.getLong(IP_HEADER + UDP_HEADER);
        if (!underWay.remove(number)) {
            throw new AssertionError(
                    "datagram %d got through, but it is not under way: replayed, or never sent".formatted(number));
        }
        byte[] payload = Arrays.copyOfRange(packet, IP_HEADER + UDP_HEADER, packet.length);
        boolean same = Arrays.equals(payload, payload(number))
                && Arrays.equals(Arrays.copyOfRange(packet, 12, 16), source)
                && Arrays.equals(Arrays.copyOfRange(packet, 16, 20), destination);
        if (!same) {
            throw new AssertionError("datagram %d arrived as another than was sent".formatted(number));
        }
    }

    private static byte[] payload(long number) {
        Random filler = new Random(number);
        byte[] payload = new byte[Long.BYTES + filler.nextInt(MOST_FILLER)];
        filler.nextBytes(payload);
        ByteBuffer.wrap(payload).putLong(0, number);
        return payload;
    }

    /** RFC 1071. */
    private static short headerChecksum(ByteBuffer header) {
        int sum = 0;
        for (int i = 0; i < IP_HEADER; i += 2) {
            sum += header.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }
}
