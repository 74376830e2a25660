package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.ikebana.kernel.tun.packet.Checksum;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.TcpMss;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    private final Segmenter segmenter = new Segmenter();

    @MethodSource
    @ParameterizedTest
    void writesTheSegmentsThatTheHostWouldHaveSent(TestPacket packet, int gsoSize) {
        begin(Frames.gso(packet, gsoSize));

        assertThat(segmenter.segments()).isEqualTo(Frames.segments(packet, gsoSize));
        assertThat(segmenter.largestSegment())
                .isEqualTo(packet.headerLength() + Math.min(gsoSize, packet.payload().length));
        for (int i = 0; i < segmenter.segments(); i++) {
            assertThat(Frames.written(segmenter, i))
                    .as("segment %d", i)
                    .isEqualTo(Frames.segment(packet, gsoSize, i).octets());
        }
    }

    static Stream<Arguments> writesTheSegmentsThatTheHostWouldHaveSent() {
        int all = TestPacket.ACK | TestPacket.PSH | TestPacket.FIN | TestPacket.CWR;
        return Stream.of(4, 6)
                .flatMap(version -> Stream.of(
                        Arguments.of(TestPacket.tcp(version, 65_535 - 72), 1448),
                        Arguments.of(TestPacket.tcp(version, 3 * 1000).withFlags(all), 1000),
                        Arguments.of(
                                TestPacket.tcp(version, 2001).withFlags(all).withIp(2, 1, false), 1000),
                        Arguments.of(TestPacket.tcp(version, 999).withFlags(all).withOptions(""), 1000),
                        Arguments.of(TestPacket.tcp(version, 0).withOptions("01".repeat(40)), 1000),
                        Arguments.of(TestPacket.tcp(version, 17), 1),
                        Arguments.of(TestPacket.udp(version, 64 * 1000).withIp(0xb8, 64, false), 1000),
                        Arguments.of(TestPacket.udp(version, 2999), 1000),
                        Arguments.of(TestPacket.udp(version, 5), 1000)));
    }

    /** Written out, so that not everything rests upon the builder of test packets. */
    @Test
    void segmentsAKnownFrame() {
        String header = "01 01 2800 0400 1400 1000"; // NEEDS_CSUM, TCPV4, hdr_len 40, gso_size 4, csum at 20 + 16
        String packet = "45000030 00ff4000 40066640 c0a80001 c0a80002"
                + " 0400 0050 000000fe 00000007 5019 ffff 8173 0000"
                + " 61626364 65666768";
        begin(HexFormat.of().parseHex((nativeHeader(header) + packet).replace(" ", "")));

        assertThat(segmenter.segments()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(Frames.written(segmenter, 0)))
                .isEqualTo("4500002c00ff40004006b879c0a80001c0a80002" + "04000050000000fe00000007" + "5010ffff64610000"
                        + "61626364");
        assertThat(HexFormat.of().formatHex(Frames.written(segmenter, 1)))
                .isEqualTo("4500002c010040004006b878c0a80001c0a80002" + "040000500000010200000007" + "5019ffff5c4c0000"
                        + "65666768");
    }

    private static String nativeHeader(String littleEndian) {
        byte[] octets = HexFormat.of().parseHex(littleEndian.replace(" ", ""));
        ByteBuffer header = ByteBuffer.wrap(octets);
        boolean isLittleEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        for (int i = 2; i < octets.length && !isLittleEndian; i += 2) {
            header.putShort(i, Short.reverseBytes(header.getShort(i)));
        }
        return HexFormat.of().formatHex(octets);
    }

    @CsvSource({"4, 6", "6, 6", "4, 17", "6, 17"})
    @ParameterizedTest
    void completesTheChecksumOfASinglePacket(int version, int protocol) {
        for (int length = 0; length < 40; length++) {
            TestPacket packet = protocol == 6 ? TestPacket.tcp(version, length) : TestPacket.udp(version, length);
            begin(Frames.needsChecksum(packet));

            assertThat(segmenter.segments()).isEqualTo(1);
            assertThat(segmenter.largestSegment()).isEqualTo(packet.octets().length);
            assertThat(Frames.written(segmenter, 0)).isEqualTo(packet.octets());
        }
    }

    @Test
    void takesAFrameThatItHasCompletedForWhole() {
        TestPacket packet = TestPacket.udp(4, 100);
        byte[] octets = Frames.needsChecksum(packet);
        ByteBuffer frame = Memory.of(octets);

        assertThat(segmenter.begin(frame, 0, octets.length)).isTrue();
        assertThat(segmenter.begin(frame, 0, octets.length)).isTrue();

        assertThat(Frames.written(segmenter, 0)).isEqualTo(packet.octets());
    }

    @Test
    void letsTheSegmentSizeOfAConnectionBeLowered() {
        TestPacket syn = TestPacket.tcp(4, 0).withFlags(TestPacket.SYN).withOptions("020405b4");
        begin(Frames.needsChecksum(syn));

        assertThat(TcpMss.clamp(segmenter.header(), 1400)).isTrue();

        assertThat(Frames.written(segmenter, 0))
                .isEqualTo(syn.withOptions("02040550").octets());
    }

    @Test
    void neverWritesAUdpChecksumOfZero() {
        TestPacket packet = TestPacket.udp(4, 2);
        int seen = 0;
        for (int word = 0; word < 0x10000; word++) {
            TestPacket candidate = packet.withPayload(new byte[] {(byte) (word >>> 8), (byte) word});
            byte[] octets = candidate.octets();
            if (octets[26] == -1 && octets[27] == -1) {
                seen++;
                begin(Frames.needsChecksum(candidate));
                assertThat(Frames.written(segmenter, 0)).isEqualTo(octets);
            }
        }
        assertThat(seen).isPositive();
    }

    @Test
    void copiesAWholePacketAsItIs() {
        byte[] packet = TestPacket.udp(6, 100).octets();
        packet[50] ^= 1;
        begin(Frames.plain(packet));

        assertThat(segmenter.segments()).isEqualTo(1);
        assertThat(Frames.written(segmenter, 0)).isEqualTo(packet);
    }

    @Test
    void leavesOutWhatFollowsThePacketsEnd() {
        byte[] packet = TestPacket.udp(4, 10).octets();
        begin(Frames.plain(Arrays.copyOf(packet, packet.length + 8)));

        assertThat(Frames.written(segmenter, 0)).isEqualTo(packet);
    }

    @Test
    void showsTheHeaderThatPoliciesLookAt() {
        begin(Frames.gso(TestPacket.tcp(6, 5000), 1000));

        assertThat(segmenter.header().version()).isEqualTo(6);
        assertThat(segmenter.header().destinationPort()).isEqualTo(5201);
        assertThat(segmenter.header().totalLength()).isEqualTo(40 + 32 + 5000);
    }

    @Test
    void repeatsIpv4OptionsAndIpv6ExtensionHeaders() {
        byte[] udp = TestPacket.udp(6, 30).octets();
        ByteBuffer packet = ByteBuffer.allocate(udp.length + 8);
        packet.put(udp, 0, 40).put(HexFormat.of().parseHex("1100010400000000")).put(udp, 40, udp.length - 40);
        packet.put(6, (byte) 60).putShort(4, (short) (udp.length - 32));
        begin(Frames.withHeader(packet.array(), 1, VirtioHeader.GSO_UDP_L4, 56, 20, 48, 6));

        assertThat(segmenter.segments()).isEqualTo(2);
        ByteBuffer last = Memory.of(Frames.written(segmenter, 1));
        assertThat(last.capacity()).isEqualTo(40 + 8 + 8 + 10);
        assertThat(last.getShort(4)).isEqualTo((short) 26);
        assertThat(Checksum.isUpperLayerWhole(Memory.parsed(last))).isTrue();
    }

    @Test
    void readsWhereTheFrameStands() {
        TestPacket packet = TestPacket.tcp(4, 2500);
        byte[] frame = Frames.gso(packet, 1000);
        ByteBuffer memory = ByteBuffer.allocateDirect(frame.length + 7).put(7, frame);

        assertThat(segmenter.begin(memory, 7, frame.length)).isTrue();
        assertThat(Frames.written(segmenter, 2))
                .isEqualTo(Frames.segment(packet, 1000, 2).octets());
    }

    @Test
    void takesTheEcnBitForWhatItIs() {
        TestPacket packet = TestPacket.tcp(4, 2500).withFlags(TestPacket.ACK | TestPacket.CWR);
        byte[] frame = Frames.gso(packet, 1000);
        frame[1] |= (byte) VirtioHeader.GSO_ECN;
        begin(frame);

        assertThat(Frames.written(segmenter, 0))
                .isEqualTo(Frames.segment(packet, 1000, 0).octets());
        assertThat(Frames.written(segmenter, 1))
                .isEqualTo(Frames.segment(packet, 1000, 1).octets());
    }

    @ValueSource(ints = {VirtioHeader.GSO_TCPV6, VirtioHeader.GSO_UDP_L4, 2, 3, 6, 0x7f})
    @ParameterizedTest
    void refusesATypeThatIsNotThePackets(int gsoType) {
        byte[] frame = Frames.gso(TestPacket.tcp(4, 2500), 1000);
        frame[1] = (byte) gsoType;

        assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isFalse();
        assertThat(segmenter.segments()).isZero();
    }

    @Test
    void refusesSegmentsOfNothing() {
        byte[] frame = Frames.gso(TestPacket.tcp(4, 2500), 0);

        assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isFalse();
    }

    @ValueSource(strings = {"0020", "2000"})
    @ParameterizedTest
    void refusesToSegmentAFragment(String flagsAndOffset) {
        byte[] frame = Frames.gso(TestPacket.tcp(4, 2500), 1000);
        ByteBuffer.wrap(frame).putShort(16, (short) Integer.parseInt(flagsAndOffset, 16));

        assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isFalse();
    }

    @ValueSource(ints = {0x00, 0x40, 0xf0})
    @ParameterizedTest
    void refusesADataOffsetOutsideThePacket(int dataOffset) {
        byte[] frame = Frames.gso(TestPacket.tcp(4, 10).withOptions(""), 1000);
        frame[10 + 20 + 12] = (byte) dataOffset;

        assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isFalse();
    }

    @CsvSource({"0, 16", "19, 16", "20, 39", "20, 65535", "65535, 65535", "58, 0"})
    @ParameterizedTest
    void refusesAChecksumOutsideTheUpperLayer(int csumStart, int csumOffset) {
        byte[] packet = TestPacket.tcp(4, 5).withOptions("").octets();
        assertThat(packet).hasSize(45);
        byte[] frame = Frames.withHeader(packet, VirtioHeader.F_NEEDS_CSUM, 0, 0, 0, csumStart, csumOffset);

        assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isFalse();
    }

    @Test
    void refusesWhatIsCutAnywhere() {
        byte[] frame = Frames.gso(TestPacket.tcp(6, 100), 50);
        ByteBuffer memory = Memory.of(frame);
        for (int length = 0; length < frame.length; length++) {
            assertThat(segmenter.begin(memory, 0, length))
                    .as("%d octets", length)
                    .isFalse();
        }
        assertThat(segmenter.begin(memory, 0, frame.length)).isTrue();
    }

    private void begin(byte[] frame) {
        assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isTrue();
    }
}
