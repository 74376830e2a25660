package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {
    @Test
    void addsAsInTheExampleOfRfc1071() {
        assertThat(Checksum.sum(Memory.ofHex("0001 f203 f4f5 f6f7"), 0, 8)).isEqualTo(0xddf2);
    }

    @Test
    void complementsTheSum() {
        assertThat(Checksum.complement(0xddf2)).isEqualTo(0x220d);
    }

    @Test
    void agreesWithTheDefinitionWhereverAndHoweverLongARangeIs() {
        long seed = 20261201;
        Random random = new Random(seed);
        byte[] octets = new byte[300];
        for (int round = 0; round < 200; round++) {
            random.nextBytes(octets);
            if (round % 4 == 0) {
                Arrays.fill(octets, (byte) 0xff);
            }
            ByteBuffer memory = Memory.of(octets);
            for (int length = 0; length < 150; length++) {
                int at = random.nextInt(octets.length - length);
                assertThat(Checksum.sum(memory, at, length))
                        .as("seed %d, round %d, %d octets at %d", seed, round, length, at)
                        .isEqualTo(PlainChecksum.sum(octets, at, length));
            }
        }
    }

    @Test
    void addsTheLargestPacketOfOnes() {
        byte[] octets = new byte[65_535];
        Arrays.fill(octets, (byte) 0xff);

        assertThat(Checksum.sum(Memory.of(octets), 0, octets.length)).isEqualTo(0xff00);
    }

    @Test
    void leavesTheByteOrderAndThePositionOfTheMemoryAlone() {
        ByteBuffer memory = Memory.ofHex("00".repeat(16), "0001 f203 f4f5 f6f7");
        memory.position(5).limit(24);

        assertThat(Checksum.sum(memory, 16, 8)).isEqualTo(0xddf2);
        assertThat(memory.position()).isEqualTo(5);
    }

    @Test
    void updatesAsInTheExampleOfRfc1624() {
        assertThat(Checksum.updated(0xdd2f, 0x5555, 0x3285)).as("section 4").isEqualTo(0x0000);
    }

    @Test
    void updatesAsIfItHadAddedAgain() {
        long seed = 20261202;
        Random random = new Random(seed);
        byte[] octets = new byte[20];
        for (int round = 0; round < 10_000; round++) {
            random.nextBytes(octets);
            ByteBuffer memory = Memory.of(octets);
            Checksum.writeIpv4(memory, 0, 20);
            int old = memory.getShort(4) & 0xffff;
            int changed = random.nextInt(0x10000);
            memory.putShort(4, (short) changed);

            Checksum.update(memory, 10, old, changed);

            assertThat(Checksum.sum(memory, 0, 20))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(Checksum.WHOLE);
        }
    }

    @Test
    void writesTheChecksumOfAnIpv4Header() {
        ByteBuffer memory = Memory.ofHex("4500 0073 0000 4000 4011 dead c0a80001 c0a800c7");

        Checksum.writeIpv4(memory, 0, 20);

        assertThat(memory.getShort(10)).isEqualTo((short) 0xb861);
    }

    @Test
    void coversThePseudoHeaderOfIpv4() {
        IpHeader header = Memory.parsed(
                Memory.ofHex("45000020 00000000 40110000 0a000001 0a000002", "0035 0036 000c 0000 61626364"));

        assertThat(Checksum.pseudoHeader(header, 17, 12)).isEqualTo(0x0a00 + 1 + 0x0a00 + 2 + 17 + 12);
    }

    @ParameterizedTest
    @CsvSource({"4, 6", "6, 6", "4, 17", "6, 17"})
    void tellsWholePacketsFromDamagedOnes(int version, int protocol) {
        TestPacket packet = protocol == 6 ? TestPacket.tcp(version, 333) : TestPacket.udp(version, 333);
        ByteBuffer memory = Memory.of(packet.octets());
        assertThat(Checksum.isUpperLayerWhole(Memory.parsed(memory))).isTrue();

        for (int bit = packet.ipLength() * 8; bit < memory.capacity() * 8; bit += 5) {
            memory.put(bit / 8, (byte) (memory.get(bit / 8) ^ 1 << bit % 8));
            assertThat(Checksum.isUpperLayerWhole(Memory.parsed(memory)))
                    .as("bit %d", bit)
                    .isFalse();
            memory.put(bit / 8, (byte) (memory.get(bit / 8) ^ 1 << bit % 8));
        }
    }
}
