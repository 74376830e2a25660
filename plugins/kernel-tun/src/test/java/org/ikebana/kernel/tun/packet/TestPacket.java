package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A TCP or UDP packet of tests, with whole checksums by {@link PlainChecksum}. */
public record TestPacket(
        int version,
        int protocol,
        int sourcePort,
        int destinationPort,
        int sequence,
        int flags,
        String options,
        int trafficClass,
        int timeToLive,
        int id,
        boolean dontFragment,
        byte[] payload) {
    public static final int ACK = 0x10;
    public static final int PSH = 0x08;
    public static final int SYN = 0x02;
    public static final int FIN = 0x01;
    public static final int CWR = 0x80;

    /** As Linux puts it before the data of a connection: NOP, NOP, timestamps. */
    public static final String TIMESTAMPS = "0101080a0001e24000018a88";

    public static TestPacket tcp(int version, int payloadLength) {
        return new TestPacket(
                version, 6, 40000, 5201, 0x7fff_ff00, ACK, TIMESTAMPS, 0, 64, 0xfffe, true, pattern(payloadLength));
    }

    public static TestPacket udp(int version, int payloadLength) {
        return new TestPacket(version, 17, 40001, 4433, 0, 0, "", 0, 64, 7, true, pattern(payloadLength));
    }

    public static byte[] pattern(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31 + (i >>> 8) * 7);
        }
        return octets;
    }

    public TestPacket withPorts(int source, int destination) {
        return new TestPacket(
                version,
                protocol,
                source,
                destination,
                sequence,
                flags,
                options,
                trafficClass,
                timeToLive,
                id,
                dontFragment,
                payload);
    }

    public TestPacket withSequence(int sequence, int id) {
        return new TestPacket(
                version,
                protocol,
                sourcePort,
                destinationPort,
                sequence,
                flags,
                options,
                trafficClass,
                timeToLive,
                id,
                dontFragment,
                payload);
    }

    public TestPacket withFlags(int flags) {
        return new TestPacket(
                version,
                protocol,
                sourcePort,
                destinationPort,
                sequence,
                flags,
                options,
                trafficClass,
                timeToLive,
                id,
                dontFragment,
                payload);
    }

    public TestPacket withOptions(String options) {
        return new TestPacket(
                version,
                protocol,
                sourcePort,
                destinationPort,
                sequence,
                flags,
                options,
                trafficClass,
                timeToLive,
                id,
                dontFragment,
                payload);
    }

    public TestPacket withIp(int trafficClass, int timeToLive, boolean dontFragment) {
        return new TestPacket(
                version,
                protocol,
                sourcePort,
                destinationPort,
                sequence,
                flags,
                options,
                trafficClass,
                timeToLive,
                id,
                dontFragment,
                payload);
    }

    public TestPacket withPayload(byte[] payload) {
        return new TestPacket(
                version,
                protocol,
                sourcePort,
                destinationPort,
                sequence,
                flags,
                options,
                trafficClass,
                timeToLive,
                id,
                dontFragment,
                payload);
    }

    public int headerLength() {
        return ipLength() + (protocol == 6 ? 20 + options.length() / 2 : 8);
    }

    public int ipLength() {
        return version == 4 ? 20 : 40;
    }

    /** Of the upper layer's checksum, from the start of the packet. */
    public int checksumAt() {
        return ipLength() + (protocol == 6 ? 16 : 6);
    }

    public byte[] octets() {
        ByteBuffer packet = ByteBuffer.allocate(headerLength() + payload.length);
        putIp(packet);
        packet.putShort((short) sourcePort).putShort((short) destinationPort);
        if (protocol == 6) {
            packet.putInt(sequence).putInt(0x1020_3040);
            packet.put((byte) ((20 + options.length() / 2) / 4 << 4)).put((byte) flags);
            packet.putShort((short) 502).putInt(0).put(HexFormat.of().parseHex(options));
        } else {
            packet.putShort((short) (8 + payload.length)).putShort((short) 0);
        }
        byte[] octets = packet.put(payload).array();
        int checksum = PlainChecksum.upperLayer(octets, ipLength(), protocol, checksumAt() - ipLength());
        PlainChecksum.put(octets, checksumAt(), checksum == 0 && protocol == 17 ? 0xffff : checksum);
        return octets;
    }

    private void putIp(ByteBuffer packet) {
        if (version == 6) {
            packet.putInt(0x6005_4321 | trafficClass << 20).putShort((short) (packet.capacity() - 40));
            packet.put((byte) protocol).put((byte) timeToLive);
            packet.putLong(0x2001_0db8_0000_0000L).putLong(1);
            packet.putLong(0x2001_0db8_0000_0000L).putLong(2);
            return;
        }
        packet.put((byte) 0x45).put((byte) trafficClass).putShort((short) packet.capacity());
        packet.putShort((short) id).putShort((short) (dontFragment ? 0x4000 : 0));
        packet.put((byte) timeToLive).put((byte) protocol).putShort((short) 0);
        packet.putInt(0x0a00_0001).putInt(0x0a00_0002);
        PlainChecksum.put(packet.array(), 10, ~PlainChecksum.sum(packet.array(), 0, 20) & 0xffff);
    }
}
