package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpMssTest {
    /** As Linux begins a connection: MSS 1460, SACK permitted, timestamps, window scale. */
    private static final String LINUX = "020405b4 0402 080a0001e24000000000 01 030307".replace(" ", "");

    @ParameterizedTest
    @CsvSource({"4, 1400, 1360", "6, 1400, 1340", "4, 1499, 1459"})
    void lowersTheOptionToWhatFits(int version, int mtu, int mss) {
        ByteBuffer memory = memory(TestPacket.tcp(version, 0).withOptions(LINUX).withFlags(TestPacket.SYN));

        assertThat(TcpMss.clamp(Memory.parsed(memory), mtu)).isTrue();

        int option = (version == 4 ? 20 : 40) + 20;
        assertThat(memory.getInt(option)).isEqualTo(0x02040000 | mss);
        assertThat(Checksum.isUpperLayerWhole(Memory.parsed(memory))).isTrue();
    }

    @Test
    void changesNothingElse() {
        TestPacket syn = TestPacket.tcp(4, 0).withFlags(TestPacket.SYN | TestPacket.ACK);
        ByteBuffer memory = memory(syn.withOptions(LINUX));

        TcpMss.clamp(Memory.parsed(memory), 1400);

        assertThat(Memory.octets(memory, 0, memory.capacity()))
                .isEqualTo(syn.withOptions(LINUX.replace("05b4", "0550")).octets());
    }

    @Test
    void findsItAtAnOddPlace() {
        ByteBuffer memory =
                memory(TestPacket.tcp(6, 0).withOptions("01020405b4010101").withFlags(TestPacket.SYN));

        assertThat(TcpMss.clamp(Memory.parsed(memory), 1280)).isTrue();

        assertThat(memory.getShort(63)).isEqualTo((short) 1220);
        assertThat(Checksum.isUpperLayerWhole(Memory.parsed(memory))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1500, 1501, 9000, 40, 0, -1})
    void leavesWhatFitsAndRefusesNonsense(int mtu) {
        assertUnchanged(TestPacket.tcp(4, 0).withOptions(LINUX).withFlags(TestPacket.SYN), mtu);
    }

    @Test
    void looksAtSynsAlone() {
        assertUnchanged(TestPacket.tcp(4, 0).withOptions(LINUX), 1400);
        assertUnchanged(TestPacket.udp(4, 100), 1400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // none
                "00010101020405b4", // behind the end of the list
                "0300000000020405", // length 0
                "0301020405b40101", // length 1
                "02030000", // another length
                "08ff0000", // beyond the end
                "01010204", // cut
            })
    void changesNothingWithoutTheOption(String options) {
        assertUnchanged(TestPacket.tcp(4, 0).withOptions(options).withFlags(TestPacket.SYN), 1400);
    }

    @Test
    void readsNoOptionBehindThePacketsEnd() {
        byte[] syn =
                TestPacket.tcp(4, 0).withOptions("").withFlags(TestPacket.SYN).octets();
        syn[32] = (byte) 0xf0;

        assertThat(TcpMss.clamp(Memory.parsed(Memory.of(syn)), 1400)).isFalse();
    }

    @Test
    void leavesLaterFragmentsAlone() {
        byte[] syn = TestPacket.tcp(4, 0)
                .withOptions(LINUX)
                .withFlags(TestPacket.SYN)
                .octets();
        syn[7] = 1;

        assertThat(TcpMss.clamp(Memory.parsed(Memory.of(syn)), 1400)).isFalse();
    }

    private static void assertUnchanged(TestPacket packet, int mtu) {
        ByteBuffer memory = memory(packet);

        assertThat(TcpMss.clamp(Memory.parsed(memory), mtu)).isFalse();

        assertThat(Memory.octets(memory, 0, memory.capacity())).isEqualTo(packet.octets());
    }

    private static ByteBuffer memory(TestPacket packet) {
        return Memory.of(packet.octets());
    }
}
