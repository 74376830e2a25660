package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.packet.PlainChecksum;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not become part of a frame. */
class CoalescerRefusalTest {
    private static final int MSS = 1000;

    private final CoalescingHost host = new CoalescingHost(new Coalescer(true));

    @Test
    void neverMendsABrokenChecksum() {
        TestPacket all = TestPacket.tcp(4, 3 * MSS);
        byte[] first = Frames.segment(all, MSS, 0).octets();
        byte[] broken = Frames.segment(all, MSS, 1).octets();
        broken[500] ^= 4;
        host.add(first);
        host.add(broken);
        host.add(Frames.segment(all, MSS, 2).octets());

        host.flush();

        assertThat(host.written())
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
        host.add(Frames.segment(all, MSS, 0).octets());
        host.add(broken);

        host.flush();

        assertThat(host.written())
                .containsExactly(Frames.valid(Frames.segment(all, MSS, 0).octets()), Frames.plain(broken));
    }

    @Test
    void keepsALargerSegmentOut() {
        TestPacket first = TestPacket.tcp(4, MSS);
        TestPacket next = TestPacket.tcp(4, MSS + 1).withSequence(first.sequence() + MSS, first.id() + 1);

        assertStaysApart(first, next);
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
        host.add(first.octets());
        host.add(first.withSequence(77 + MSS, 4000).octets());

        host.flush();

        assertThat(host.written()).hasSize(1);
        assertThat(host.written().getFirst()).hasSize(10 + 52 + 2 * MSS);
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
        host.add(first.octets());
        host.add(octets);

        host.flush();

        assertThat(host.written()).as(name).containsExactly(Frames.valid(first.octets()), Frames.valid(octets));
    }

    @Test
    void passesUdpWithoutAChecksumByItself() {
        byte[] packet = TestPacket.udp(4, MSS).octets();
        packet[26] = 0;
        packet[27] = 0;
        host.add(packet);
        host.add(packet);

        host.flush();

        assertThat(host.written()).containsExactly(Frames.plain(packet), Frames.plain(packet));
    }

    private void assertStaysApart(TestPacket first, TestPacket next) {
        host.written().clear();
        host.add(first.octets());
        host.add(next.octets());
        host.flush();
        assertThat(host.written()).hasSize(2);
        assertThat(host.written().get(0)).isEqualTo(Frames.valid(first.octets()));
        assertThat(host.written().get(1)).endsWith(next.octets());
        assertThat(host.written().get(1)).hasSize(10 + next.octets().length);
    }
}
