package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.PlainChecksum;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoalescerTest {
    private static final int MSS = 1000;

    private final Coalescer coalescer = new Coalescer(true);
    private final List<byte[]> written = new ArrayList<>();

    @ValueSource(ints = {4, 6})
    @ParameterizedTest
    void putsSegmentsOfTcpTogether(int version) {
        TestPacket all = TestPacket.tcp(version, 5 * MSS + 1).withFlags(TestPacket.ACK | TestPacket.PSH);
        addSegments(all, 0, 6);

        flush();

        assertThat(written).containsExactly(Frames.gso(all, MSS));
    }

    @ValueSource(ints = {4, 6})
    @ParameterizedTest
    void putsDatagramsTogether(int version) {
        TestPacket all = TestPacket.udp(version, 5 * MSS + 1);
        addSegments(all, 0, 6);

        flush();

        assertThat(written).containsExactly(Frames.gso(all, MSS));
    }

    @Test
    void leavesDatagramsAloneWhereTheDeviceDoesNotTakeThem() {
        Coalescer plain = new Coalescer(false);
        byte[] first = Frames.segment(TestPacket.udp(4, 2 * MSS), MSS, 0).octets();
        ByteBuffer memory = Memory.of(first);

        assertThat(plain.add(memory, 0, first.length)).isTrue();
        assertThat(plain.add(memory, 0, first.length)).isFalse();
        assertThat(Memory.octets(plain.frame(), 0, plain.frameLength())).isEqualTo(Frames.plain(first));
    }

    @Test
    void passesASinglePacketUnchangedAndVouchesForIt() {
        byte[] packet = TestPacket.tcp(4, 100).octets();
        add(packet);

        flush();

        assertThat(written).containsExactly(Frames.valid(packet));
    }

    @Test
    void neverMendsABrokenChecksum() {
        TestPacket all = TestPacket.tcp(4, 3 * MSS);
        byte[] first = Frames.segment(all, MSS, 0).octets();
        byte[] broken = Frames.segment(all, MSS, 1).octets();
        broken[500] ^= 4;
        add(first);
        add(broken);
        add(Frames.segment(all, MSS, 2).octets());

        flush();

        assertThat(written)
                .containsExactly(
                        Frames.valid(first),
                        Frames.plain(broken),
                        Frames.valid(Frames.segment(all, MSS, 2).octets()));
    }

    @Test
    void neverMendsABrokenIpv4Header() {
        TestPacket all = TestPacket.tcp(4, 2 * MSS);
        byte[] broken = Frames.segment(all, MSS, 1).octets();
        broken[10] ^= 4;
        add(Frames.segment(all, MSS, 0).octets());
        add(broken);

        flush();

        assertThat(written)
                .containsExactly(Frames.valid(Frames.segment(all, MSS, 0).octets()), Frames.plain(broken));
    }

    @Test
    void takesAPacketAsFarAsItGoes() {
        byte[] packet = TestPacket.udp(4, 10).octets();
        add(Arrays.copyOf(packet, packet.length + 100));

        flush();

        assertThat(written).containsExactly(Frames.valid(packet));
    }

    @Test
    void endsAFrameWhereDataWasPushed() {
        TestPacket pushed = TestPacket.tcp(6, 2 * MSS).withFlags(TestPacket.ACK | TestPacket.PSH);
        TestPacket next = TestPacket.tcp(6, 2 * MSS).withSequence(pushed.sequence() + 2 * MSS, 0);
        addSegments(pushed, 0, 2);
        addSegments(next, 0, 2);

        flush();

        assertThat(written).containsExactly(Frames.gso(pushed, MSS), Frames.gso(next, MSS));
    }

    @Test
    void endsAFrameWithASmallerSegment() {
        TestPacket first = TestPacket.tcp(4, 2 * MSS - 1);
        TestPacket next = TestPacket.tcp(4, 2 * MSS).withSequence(first.sequence() + 2 * MSS - 1, 9);
        addSegments(first, 0, 2);
        addSegments(next, 0, 2);

        flush();

        assertThat(written).containsExactly(Frames.gso(first, MSS), Frames.gso(next, MSS));
    }

    @Test
    void keepsALargerSegmentOut() {
        TestPacket first = TestPacket.tcp(4, MSS);
        TestPacket next = TestPacket.tcp(4, MSS + 1).withSequence(first.sequence() + MSS, first.id() + 1);

        assertStaysApart(first, next);
    }

    @Test
    void fillsAFrameToTheLastSegmentThatFits() {
        TestPacket all = TestPacket.tcp(4, 66 * MSS).withIp(0, 64, true);
        addSegments(all, 0, 66);

        flush();

        assertThat(written).hasSize(2);
        assertThat(written.get(0)).hasSize(10 + 52 + 65 * MSS);
        assertThat(written.get(1))
                .isEqualTo(Frames.valid(Frames.segment(all, MSS, 65).octets()));
    }

    @Test
    void putsNoMoreDatagramsTogetherThanLinuxTakes() {
        TestPacket all = TestPacket.udp(4, 65 * 10);
        for (int i = 0; i < 65; i++) {
            add(Frames.segment(all, 10, i).octets());
        }

        flush();

        assertThat(written)
                .containsExactly(
                        Frames.gso(all.withPayload(Arrays.copyOf(all.payload(), 640)), 10),
                        Frames.valid(Frames.segment(all, 10, 64).octets()));
    }

    @Test
    void keepsMixedFlowsApartEachInItsOrder() {
        TestPacket one = TestPacket.tcp(4, 3 * MSS);
        TestPacket two = TestPacket.tcp(4, 3 * MSS).withPorts(40000, 80);
        TestPacket three = TestPacket.udp(6, 3 * MSS);
        for (int i = 0; i < 3; i++) {
            add(Frames.segment(one, MSS, i).octets());
            add(Frames.segment(two, MSS, i).octets());
            add(Frames.segment(three, MSS, i).octets());
        }

        flush();

        assertThat(written).containsExactly(Frames.gso(one, MSS), Frames.gso(two, MSS), Frames.gso(three, MSS));
    }

    @Test
    void letsTheOldestGoWhereTooManyFlowsMix() {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i <= Coalescer.MAX_FLOWS; i++) {
            packets.add(TestPacket.tcp(4, 10).withPorts(1000 + i, 80).octets());
        }
        packets.subList(0, Coalescer.MAX_FLOWS).forEach(this::add);
        assertThat(written).isEmpty();

        add(packets.getLast());

        assertThat(written).containsExactly(Frames.valid(packets.getFirst()));
        flush();
        assertThat(written).hasSize(packets.size());
        assertThat(written.getLast()).isEqualTo(Frames.valid(packets.getLast()));
        assertThat(written.get(1)).isEqualTo(Frames.valid(packets.get(1)));
    }

    @Test
    void lazilyWritesOnlyWhatIsInTheWay() {
        TestPacket one = TestPacket.tcp(4, MSS);
        TestPacket two = TestPacket.tcp(4, MSS).withPorts(1, 2);
        add(one.octets());
        add(two.octets());

        add(two.withFlags(TestPacket.ACK | TestPacket.FIN).octets());

        assertThat(written).containsExactly(Frames.valid(two.octets()));
    }

    @Test
    void letsNothingOvertakeItsFlow() {
        TestPacket data = TestPacket.tcp(4, 2 * MSS);
        byte[] acknowledgment = data.withPayload(new byte[0])
                .withSequence(data.sequence() + 2 * MSS, 1)
                .octets();
        addSegments(data, 0, 2);
        add(acknowledgment);
        byte[] reset = data.withPayload(new byte[0]).withFlags(0x14).octets();
        add(reset);

        flush();

        assertThat(written).containsExactly(Frames.gso(data, MSS), Frames.plain(acknowledgment), Frames.plain(reset));
    }

    @Test
    void letsNoFragmentOvertakeDatagramsNorBeOvertaken() {
        byte[] datagram = TestPacket.udp(4, 100).octets();
        byte[] fragment = TestPacket.udp(4, 100).withPorts(9, 9).octets();
        ByteBuffer.wrap(fragment).putShort(6, (short) 0x0001);
        add(datagram);
        add(fragment);
        add(datagram);

        flush();

        assertThat(written).containsExactly(Frames.valid(datagram), Frames.plain(fragment), Frames.valid(datagram));
    }

    @Test
    void passesWhatIsNoPacket() {
        add(new byte[] {1, 2, 3});
        add(new byte[] {4});

        flush();

        assertThat(written).containsExactly(Frames.plain(new byte[] {1, 2, 3}), Frames.plain(new byte[] {4}));
    }

    @ValueSource(ints = {-1, 0, 65_536})
    @ParameterizedTest
    void dropsWhatFitsNoFrame(int length) {
        assertThat(coalescer.add(ByteBuffer.allocateDirect(70_000), 0, length)).isTrue();

        assertThat(coalescer.isEmpty()).isTrue();
        assertThat(coalescer.frameLength()).isZero();
        assertThat(coalescer.drops()).isEqualTo(1);
        coalescer.reset();
        assertThat(coalescer.isEmpty()).isTrue();
    }

    @CsvSource({"5, 10", "-1, 10", "0, 9", "0, 11"})
    @ParameterizedTest(name = "gap of {0}, ID {1}")
    void keepsOutWhatDoesNotFollow(int gap, int id) {
        TestPacket first = TestPacket.tcp(4, MSS).withIp(0, 64, false).withSequence(77, 9);

        assertStaysApart(first, first.withSequence(77 + MSS + gap, id));
    }

    @Test
    void asksForNoOrderOfIdsWithDf() {
        TestPacket first = TestPacket.tcp(4, MSS).withSequence(77, 9);
        add(first.octets());
        add(first.withSequence(77 + MSS, 4000).octets());

        flush();

        assertThat(written).hasSize(1);
        assertThat(written.getFirst()).hasSize(10 + 52 + 2 * MSS);
    }

    @ValueSource(ints = {4, 6})
    @ParameterizedTest
    void keepsOutWhatHasOtherHeaders(int version) {
        TestPacket first = TestPacket.tcp(version, MSS);
        TestPacket next = first.withSequence(first.sequence() + MSS, first.id() + 1);

        assertStaysApart(first, next.withIp(1, 64, true));
        assertStaysApart(first, next.withIp(0, 63, true));
        assertStaysApart(first, next.withOptions("0101080a0001e24000018a89"));
        assertStaysApart(first, next.withOptions(""));
        assertStaysApart(first, next.withFlags(TestPacket.ACK | TestPacket.FIN));
        assertStaysApart(first, next.withFlags(TestPacket.ACK | 0x40));
        assertStaysApart(first, next.withFlags(TestPacket.ACK | TestPacket.SYN));
        assertStaysApart(first, next.withPorts(40000, 5202));
    }

    @Test
    void keepsOutAnotherDfBit() {
        TestPacket first = TestPacket.tcp(4, MSS);

        assertStaysApart(
                first,
                first.withSequence(first.sequence() + MSS, first.id() + 1).withIp(0, 64, false));
    }

    @CsvSource({"8, acknowledgment", "14, window", "18, urgent pointer"})
    @ParameterizedTest(name = "{1}")
    void keepsOutAnotherTcpField(int offset, String name) {
        TestPacket first = TestPacket.tcp(6, MSS);
        byte[] octets = first.withSequence(first.sequence() + MSS, 0).octets();
        ByteBuffer next = ByteBuffer.wrap(octets);
        int field = next.getShort(40 + offset);
        next.putShort(40 + offset, (short) (field + 1));
        int checksum = PlainChecksum.upperLayer(octets, 40, 6, 16);
        next.putShort(40 + 16, (short) checksum);
        add(first.octets());
        add(octets);

        flush();

        assertThat(written).as(name).containsExactly(Frames.valid(first.octets()), Frames.valid(octets));
    }

    @Test
    void passesUdpWithoutAChecksumByItself() {
        byte[] packet = TestPacket.udp(4, MSS).octets();
        packet[26] = 0;
        packet[27] = 0;
        add(packet);
        add(packet);

        flush();

        assertThat(written).containsExactly(Frames.plain(packet), Frames.plain(packet));
    }

    private void assertStaysApart(TestPacket first, TestPacket next) {
        written.clear();
        add(first.octets());
        add(next.octets());
        flush();
        assertThat(written).hasSize(2);
        assertThat(written.get(0)).isEqualTo(Frames.valid(first.octets()));
        assertThat(written.get(1)).endsWith(next.octets());
        assertThat(written.get(1)).hasSize(10 + next.octets().length);
    }

    private void addSegments(TestPacket packet, int from, int to) {
        for (int i = from; i < to; i++) {
            add(Frames.segment(packet, MSS, i).octets());
        }
    }

    private void add(byte[] packet) {
        ByteBuffer memory = Memory.of(packet);
        while (!coalescer.add(memory, 0, packet.length)) {
            write();
        }
    }

    private void flush() {
        while (!coalescer.isEmpty()) {
            write();
        }
    }

    private void write() {
        written.add(Memory.octets(coalescer.frame(), 0, coalescer.frameLength()));
        coalescer.reset();
    }
}
