package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpHeaderTest {
    /** From 10.0.0.1 port 4660 to 10.0.0.2 port 80, DSCP 46 and ECT(1), DF, TTL 63. */
    private static final String TCPV4 =
            "45b9 0028 beef 4000 3f06 6825 0a000001 0a000002" + " 1234 0050 00000001 00000002 5010 ffff 0000 0000";

    private static final String IPV6_ADDRESSES = "20010db8000000000000000000000001 20010db8000000000000000000000002";

    @Test
    void readsEveryFieldOfIpv4() {
        IpHeader header = Memory.parsed(Memory.ofHex(TCPV4));

        assertThat(header.version()).isEqualTo(4);
        assertThat(header.headerLength()).isEqualTo(20);
        assertThat(header.totalLength()).isEqualTo(40);
        assertThat(header.protocol()).isEqualTo(6);
        assertThat(header.sourceHigh()).isZero();
        assertThat(header.sourceLow()).isEqualTo(0xffff_0a00_0001L);
        assertThat(header.destinationHigh()).isZero();
        assertThat(header.destinationLow()).isEqualTo(0xffff_0a00_0002L);
        assertThat(header.sourcePort()).isEqualTo(0x1234);
        assertThat(header.destinationPort()).isEqualTo(80);
        assertThat(header.isFragment()).isFalse();
        assertThat(header.isFirstFragment()).isFalse();
        assertThat(header.dontFragment()).isTrue();
        assertThat(header.trafficClass()).isEqualTo(0xb9);
        assertThat(header.timeToLive()).isEqualTo(63);
    }

    @Test
    void readsEveryFieldOfIpv6() {
        IpHeader header =
                Memory.parsed(Memory.ofHex("6b9 54321 000c 11 40", IPV6_ADDRESSES, "1194 01f4 000c 0000 01020304"));

        assertThat(header.version()).isEqualTo(6);
        assertThat(header.headerLength()).isEqualTo(40);
        assertThat(header.totalLength()).isEqualTo(52);
        assertThat(header.protocol()).isEqualTo(17);
        assertThat(header.sourceHigh()).isEqualTo(0x2001_0db8_0000_0000L);
        assertThat(header.sourceLow()).isEqualTo(1);
        assertThat(header.destinationHigh()).isEqualTo(0x2001_0db8_0000_0000L);
        assertThat(header.destinationLow()).isEqualTo(2);
        assertThat(header.sourcePort()).isEqualTo(0x1194);
        assertThat(header.destinationPort()).isEqualTo(500);
        assertThat(header.isFragment()).isFalse();
        assertThat(header.dontFragment()).isTrue();
        assertThat(header.trafficClass()).isEqualTo(0xb9);
        assertThat(header.timeToLive()).isEqualTo(64);
    }

    @Test
    void findsTheUpperLayerBehindIpv4Options() {
        IpHeader header = Memory.parsed(
                Memory.ofHex("46000024 00000000 40110000 0a000001 0a000002 94040000", "1f90 0035 0008 0000 00000000"));

        assertThat(header.headerLength()).isEqualTo(24);
        assertThat(header.sourcePort()).isEqualTo(8080);
        assertThat(header.destinationPort()).isEqualTo(53);
    }

    @Test
    void findsTheUpperLayerBehindIpv6ExtensionHeaders() {
        IpHeader header = Memory.parsed(Memory.ofHex(
                "60000000 0034 00 40",
                IPV6_ADDRESSES,
                "2b 00 0502 0000 0100", // hop-by-hop: router alert
                "3c 02 0401 00000000 20010db8000000000000000000000003", // routing, 24 octets
                "3a 00 0104 00000000", // destination options
                "8005 0000 0001 0001 00000000"));

        assertThat(header.headerLength()).isEqualTo(80);
        assertThat(header.totalLength()).isEqualTo(92);
        assertThat(header.protocol()).isEqualTo(58);
        assertThat(header.sourcePort()).as("type").isEqualTo(128);
        assertThat(header.destinationPort()).as("code").isEqualTo(5);
    }

    @ParameterizedTest(name = "flags and offset {0}")
    @CsvSource({"0000, false, false", "4000, false, false", "2000, true, true", "2001, true, false", "00b9, true, false"
    })
    void seesNoPortsInLaterFragmentsOfIpv4(String flagsAndOffset, boolean isFragment, boolean isFirst) {
        IpHeader header = Memory.parsed(
                Memory.ofHex("4500001c 0001", flagsAndOffset, "4011 0000 0a000001 0a000002 0035 0036 0008 0000"));

        assertThat(header.protocol()).isEqualTo(17);
        assertThat(header.isFragment()).isEqualTo(isFragment);
        assertThat(header.isFirstFragment()).isEqualTo(isFirst);
        boolean hasPorts = isFirst || !isFragment;
        assertThat(header.sourcePort()).isEqualTo(hasPorts ? 53 : 0);
        assertThat(header.destinationPort()).isEqualTo(hasPorts ? 54 : 0);
    }

    @ParameterizedTest(name = "offset and M {0}")
    @CsvSource({"0000, false, false", "0006, false, false", "0001, true, true", "0008, true, false", "00a9, true, false"
    })
    void seesNoPortsInLaterFragmentsOfIpv6(String offsetAndMore, boolean isFragment, boolean isFirst) {
        IpHeader header = Memory.parsed(Memory.ofHex(
                "60000000 0010 2c 40", IPV6_ADDRESSES, "1100", offsetAndMore, "00000007", "0035 0036 0008 0000"));

        assertThat(header.protocol()).isEqualTo(17);
        assertThat(header.headerLength()).isEqualTo(48);
        assertThat(header.isFragment()).isEqualTo(isFragment);
        assertThat(header.isFirstFragment()).isEqualTo(isFirst);
        boolean hasPorts = isFirst || !isFragment;
        assertThat(header.sourcePort()).isEqualTo(hasPorts ? 53 : 0);
        assertThat(header.destinationPort()).isEqualTo(hasPorts ? 54 : 0);
    }

    @Test
    void looksForNoHeadersInLaterFragmentsOfIpv6() {
        IpHeader header = Memory.parsed(
                Memory.ofHex("60000000 0010 2c 40", IPV6_ADDRESSES, "3c00 00a8 00000007", "ffff ffff ffff ffff"));

        assertThat(header.protocol()).as("destination options").isEqualTo(60);
        assertThat(header.headerLength()).isEqualTo(48);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51, 47, 4, 41})
    void hasNoPortsInProtocolsWithoutAny(int protocol) {
        ByteBuffer memory = Memory.ofHex(TCPV4);
        memory.put(9, (byte) protocol);

        IpHeader header = Memory.parsed(memory);

        assertThat(header.protocol()).isEqualTo(protocol);
        assertThat(header.sourcePort()).isZero();
        assertThat(header.destinationPort()).isZero();
    }

    @Test
    void hasNoPortsWherePacketsAreCut() {
        ByteBuffer memory = Memory.ofHex(TCPV4);
        memory.putShort(2, (short) 23);

        IpHeader header = Memory.parsed(memory);

        assertThat(header.totalLength()).isEqualTo(23);
        assertThat(header.sourcePort()).isZero();
        assertThat(header.destinationPort()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "45000014 00000000 40060000 0a000001 0a0000", // cut
                "44000014 00000000 40060000 0a000001 0a000002", // IHL 4
                "46000014 00000000 40060000 0a000001 0a000002", // options beyond the end
                "45000013 00000000 40060000 0a000001 0a000002", // shorter than its header
                "45000015 00000000 40060000 0a000001 0a000002", // longer than what is there
                "55000014 00000000 40060000 0a000001 0a000002", // version 5
                "60000000 0000 3b 40 20010db8000000000000000000000001 20010db80000000000000000000000", // cut
                "60000000 0001 3b 40 20010db8000000000000000000000001 20010db8000000000000000000000002", // cut
                "60000000 0004 00 40 20010db8000000000000000000000001 20010db8000000000000000000000002 3b000000",
                "60000000 0008 3c 40 20010db8000000000000000000000001 20010db8000000000000000000000002 3b01010400000000",
            })
    void refusesWhatIsNoWholePacket(String hex) {
        ByteBuffer memory = Memory.ofHex(hex);

        assertThat(new IpHeader().parse(memory, 0, memory.capacity())).isFalse();
    }

    @Test
    void followsAsManyExtensionHeadersAsTheLimitSays() {
        assertThat(new IpHeader().parse(destinationOptions(IpHeader.MAX_EXTENSION_HEADERS), 0, 1000))
                .isTrue();
        assertThat(new IpHeader().parse(destinationOptions(IpHeader.MAX_EXTENSION_HEADERS + 1), 0, 1000))
                .isFalse();
    }

    private static ByteBuffer destinationOptions(int count) {
        String payloadLength = "%04x".formatted(count * 8);
        String chain = "3c00010400000000".repeat(count - 1) + "3b00010400000000";
        ByteBuffer packet = Memory.ofHex("60000000", payloadLength, "3c 40", IPV6_ADDRESSES, chain);
        return ByteBuffer.allocateDirect(1000).put(0, packet, 0, packet.capacity());
    }

    @Test
    void looksAtNothingBeyondThePacketsOwnEnd() {
        ByteBuffer memory = Memory.ofHex(TCPV4, "deadbeef");

        assertThat(Memory.parsed(memory).totalLength()).isEqualTo(40);
    }

    @Test
    void readsWhereThePacketStands() {
        IpHeader header = new IpHeader();
        ByteBuffer memory = Memory.ofHex("000000", TCPV4);

        assertThat(header.parse(memory, 3, 40)).isTrue();
        assertThat(header.at()).isEqualTo(3);
        assertThat(header.memory()).isSameAs(memory);
        assertThat(header.sourcePort()).isEqualTo(0x1234);
    }

    @Test
    void forgetsThePacketBefore() {
        IpHeader header =
                Memory.parsed(Memory.ofHex("4500001c 0001 0001 4011 0000 0a000001 0a000002 0035 0036 0008 0000"));

        assertThat(header.parse(Memory.ofHex("60000000 0004 11 40", IPV6_ADDRESSES, "0035 0036"), 0, 44))
                .isTrue();
        assertThat(header.isFragment()).isFalse();
        assertThat(header.sourcePort()).isEqualTo(53);
    }

    @Test
    void writesTheTrafficClassOfIpv4WithItsChecksum() {
        ByteBuffer memory = Memory.ofHex(TCPV4);
        IpHeader header = Memory.parsed(memory);
        assertThat(Checksum.sum(memory, 0, 20)).isEqualTo(Checksum.WHOLE);

        header.setTrafficClass(0xbb);

        assertThat(Memory.hex(memory, 0, 20)).isEqualTo("45bb0028beef40003f0668230a0000010a000002");
        assertThat(header.trafficClass()).isEqualTo(0xbb);
        assertThat(Checksum.sum(memory, 0, 20)).isEqualTo(Checksum.WHOLE);
    }

    @Test
    void writesTheTrafficClassOfIpv6AndNothingBeside() {
        ByteBuffer memory = Memory.ofHex("6b954321 0004 11 40", IPV6_ADDRESSES, "0035 0036");

        IpHeader.setTrafficClass(memory, 0, 0x03);

        assertThat(memory.getInt(0)).isEqualTo(0x60354321);
        assertThat(Memory.parsed(memory).trafficClass()).isEqualTo(3);
    }
}
