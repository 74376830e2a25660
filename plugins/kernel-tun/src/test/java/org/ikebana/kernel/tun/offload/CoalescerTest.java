package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoalescerTest {
    private static final int MSS = 1000;

    private final Coalescer coalescer = new Coalescer(true);
    private final CoalescingHost host = new CoalescingHost(coalescer);

    @ValueSource(ints = {4, 6})
    @ParameterizedTest
    void putsSegmentsOfTcpTogether(int version) {
        TestPacket all = TestPacket.tcp(version, 5 * MSS + 1).withFlags(TestPacket.ACK | TestPacket.PSH);
        addSegments(all, 0, 6);

        host.flush();

        assertThat(host.written()).containsExactly(Frames.gso(all, MSS));
    }

    @ValueSource(ints = {4, 6})
    @ParameterizedTest
    void putsDatagramsTogether(int version) {
        TestPacket all = TestPacket.udp(version, 5 * MSS + 1);
        addSegments(all, 0, 6);

        host.flush();

        assertThat(host.written()).containsExactly(Frames.gso(all, MSS));
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
        host.add(packet);

        host.flush();

        assertThat(host.written()).containsExactly(Frames.valid(packet));
    }

    @Test
    void takesAPacketAsFarAsItGoes() {
        byte[] packet = TestPacket.udp(4, 10).octets();
        host.add(Arrays.copyOf(packet, packet.length + 100));

        host.flush();

        assertThat(host.written()).containsExactly(Frames.valid(packet));
    }

    @Test
    void endsAFrameWhereDataWasPushed() {
        TestPacket pushed = TestPacket.tcp(6, 2 * MSS).withFlags(TestPacket.ACK | TestPacket.PSH);
        TestPacket next = TestPacket.tcp(6, 2 * MSS).withSequence(pushed.sequence() + 2 * MSS, 0);
        addSegments(pushed, 0, 2);
        addSegments(next, 0, 2);

        host.flush();

        assertThat(host.written()).containsExactly(Frames.gso(pushed, MSS), Frames.gso(next, MSS));
    }

    @Test
    void endsAFrameWithASmallerSegment() {
        TestPacket first = TestPacket.tcp(4, 2 * MSS - 1);
        TestPacket next = TestPacket.tcp(4, 2 * MSS).withSequence(first.sequence() + 2 * MSS - 1, 9);
        addSegments(first, 0, 2);
        addSegments(next, 0, 2);

        host.flush();

        assertThat(host.written()).containsExactly(Frames.gso(first, MSS), Frames.gso(next, MSS));
    }

    @Test
    void fillsAFrameToTheLastSegmentThatFits() {
        TestPacket all = TestPacket.tcp(4, 66 * MSS).withIp(0, 64, true);
        addSegments(all, 0, 66);

        host.flush();

        assertThat(host.written()).hasSize(2);
        assertThat(host.written().get(0)).hasSize(10 + 52 + 65 * MSS);
        assertThat(host.written().get(1))
                .isEqualTo(Frames.valid(Frames.segment(all, MSS, 65).octets()));
    }

    @Test
    void putsNoMoreDatagramsTogetherThanLinuxTakes() {
        TestPacket all = TestPacket.udp(4, 65 * 10);
        for (int i = 0; i < 65; i++) {
            host.add(Frames.segment(all, 10, i).octets());
        }

        host.flush();

        assertThat(host.written())
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
            host.add(Frames.segment(one, MSS, i).octets());
            host.add(Frames.segment(two, MSS, i).octets());
            host.add(Frames.segment(three, MSS, i).octets());
        }

        host.flush();

        assertThat(host.written()).containsExactly(Frames.gso(one, MSS), Frames.gso(two, MSS), Frames.gso(three, MSS));
    }

    @Test
    void letsTheOldestGoWhereTooManyFlowsMix() {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i <= Coalescer.MAX_FLOWS; i++) {
            packets.add(TestPacket.tcp(4, 10).withPorts(1000 + i, 80).octets());
        }
        packets.subList(0, Coalescer.MAX_FLOWS).forEach(host::add);
        assertThat(host.written()).isEmpty();

        host.add(packets.getLast());

        assertThat(host.written()).containsExactly(Frames.valid(packets.getFirst()));
        host.flush();
        assertThat(host.written()).hasSize(packets.size());
        assertThat(host.written().getLast()).isEqualTo(Frames.valid(packets.getLast()));
        assertThat(host.written().get(1)).isEqualTo(Frames.valid(packets.get(1)));
    }

    @Test
    void lazilyWritesOnlyWhatIsInTheWay() {
        TestPacket one = TestPacket.tcp(4, MSS);
        TestPacket two = TestPacket.tcp(4, MSS).withPorts(1, 2);
        host.add(one.octets());
        host.add(two.octets());

        host.add(two.withFlags(TestPacket.ACK | TestPacket.FIN).octets());

        assertThat(host.written()).containsExactly(Frames.valid(two.octets()));
    }

    @Test
    void letsNothingOvertakeItsFlow() {
        TestPacket data = TestPacket.tcp(4, 2 * MSS);
        byte[] acknowledgment = data.withPayload(new byte[0])
                .withSequence(data.sequence() + 2 * MSS, 1)
                .octets();
        addSegments(data, 0, 2);
        host.add(acknowledgment);
        byte[] reset = data.withPayload(new byte[0]).withFlags(0x14).octets();
        host.add(reset);

        host.flush();

        assertThat(host.written())
                .containsExactly(Frames.gso(data, MSS), Frames.plain(acknowledgment), Frames.plain(reset));
    }

    @Test
    void letsNoFragmentOvertakeDatagramsNorBeOvertaken() {
        byte[] datagram = TestPacket.udp(4, 100).octets();
        byte[] fragment = TestPacket.udp(4, 100).withPorts(9, 9).octets();
        ByteBuffer.wrap(fragment).putShort(6, (short) 0x0001);
        host.add(datagram);
        host.add(fragment);
        host.add(datagram);

        host.flush();

        assertThat(host.written())
                .containsExactly(Frames.valid(datagram), Frames.plain(fragment), Frames.valid(datagram));
    }

    @Test
    void passesWhatIsNoPacket() {
        host.add(new byte[] {1, 2, 3});
        host.add(new byte[] {4});

        host.flush();

        assertThat(host.written()).containsExactly(Frames.plain(new byte[] {1, 2, 3}), Frames.plain(new byte[] {4}));
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

    private void addSegments(TestPacket packet, int from, int to) {
        for (int i = from; i < to; i++) {
            host.add(Frames.segment(packet, MSS, i).octets());
        }
    }
}
