package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmenterTest {
    private final Fragmenter fragmenter = new Fragmenter();
    private final ByteBuffer out = ByteBuffer.allocateDirect(65_535);

    /** 452 octets of data for a way of 280: RFC 791, appendix A, example 2. */
    @Test
    void splitsAsInTheExampleOfRfc791() {
        ByteBuffer memory = Memory.ofHex("4500 01d8 006f 0000 7b06 6bfd 0a000001 0a000002", "00".repeat(452));

        assertThat(fragmenter.begin(Memory.parsed(memory), 280)).isTrue();

        assertThat(fragmenter.fragments()).isEqualTo(2);
        assertThat(fragmenter.write(0, out, 0)).isEqualTo(276);
        assertThat(Memory.hex(out, 0, 12)).isEqualTo("45000114006f20007b060a73");
        assertThat(fragmenter.write(1, out, 0)).isEqualTo(216);
        assertThat(Memory.hex(out, 0, 12)).isEqualTo("450000d8006f00207b062a8f");
    }

    @Test
    void leavesWhatFitsAsItIs() {
        byte[] octets = TestPacket.udp(6, 1000).octets();

        assertThat(fragmenter.begin(Memory.parsed(Memory.of(octets)), octets.length))
                .isTrue();
        assertThat(fragments()).containsExactly(octets);
    }

    @ParameterizedTest
    @CsvSource({"4, true", "6, false", "6, true"})
    void neverSplitsIpv6NorAgainstDf(int version, boolean dontFragment) {
        byte[] octets =
                TestPacket.udp(version, 2000).withIp(0, 64, dontFragment).octets();

        assertThat(fragmenter.begin(Memory.parsed(Memory.of(octets)), 1400)).isFalse();
        assertThat(fragmenter.fragments()).isZero();
    }

    @Test
    void knowsNoWayNarrowerThanEveryLink() {
        IpHeader packet = Memory.parsed(
                Memory.of(TestPacket.udp(4, 100).withIp(0, 64, false).octets()));

        assertThat(fragmenter.begin(packet, 67)).isFalse();
        assertThat(fragmenter.begin(packet, 68)).isTrue();
        assertThat(fragmenter.fragments()).isEqualTo(3);
    }

    @Test
    void copiesTheOptionsThatHaveTheFlag() {
        String options = "01" + "830703c0000201" + "0703" + "04" + "940400" + "00" + "00".repeat(5);
        ByteBuffer memory = Memory.ofHex("4a00 0078 0001 0000 4011 0000 0a000001 0a000002", options, "11".repeat(80));

        assertThat(fragmenter.begin(Memory.parsed(memory), 76)).isTrue();

        fragmenter.write(0, out, 0);
        assertThat(Memory.hex(out, 20, 20)).isEqualTo(options);
        int length = fragmenter.write(1, out, 0);
        assertThat(out.get(0)).as("version and IHL").isEqualTo((byte) 0x48);
        assertThat(Memory.hex(out, 20, 12))
                .as("LSRR, router alert, end")
                .isEqualTo("830703c0000201" + "94040000" + "00");
        assertThat(length).isEqualTo(32 + 40);
        assertThat(Checksum.sum(out, 0, 32)).isEqualTo(Checksum.WHOLE);
        assertThat(reassembled(fragments())).isEqualTo(Memory.octets(memory, 40, 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"83000000", "83010000", "83050000", "01010183"})
    void refusesMalformedOptions(String options) {
        ByteBuffer memory = Memory.ofHex("4600 0078 0001 0000 4011 0000 0a000001 0a000002", options, "11".repeat(96));

        assertThat(fragmenter.begin(Memory.parsed(memory), 76)).isFalse();
        assertThat(fragmenter.fragments()).isZero();
    }

    @Test
    void splitsAFragmentFurther() {
        ByteBuffer memory = Memory.ofHex("4500 0094 0001 2005 4011 0000 0a000001 0a000002", "11".repeat(128));

        assertThat(fragmenter.begin(Memory.parsed(memory), 100)).isTrue();

        assertThat(fragments().stream()
                        .map(fragment -> ByteBuffer.wrap(fragment).getShort(6)))
                .as("MF stays, offsets add up")
                .containsExactly((short) 0x2005, (short) (0x2005 + 10));
    }

    @Test
    void refusesAFragmentThatEndsBeyondWhatOffsetsCanSay() {
        ByteBuffer memory = Memory.ofHex("4500 0094 0001 1fff 4011 0000 0a000001 0a000002", "11".repeat(128));

        assertThat(fragmenter.begin(Memory.parsed(memory), 100)).isFalse();
    }

    @Test
    void losesNothingWhateverTheSizes() {
        long seed = 20261205;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] payload = new byte[random.nextInt(65_535 - 28)];
            random.nextBytes(payload);
            byte[] packet = TestPacket.udp(4, 0)
                    .withPayload(payload)
                    .withIp(0, 9, false)
                    .octets();
            int mtu = 68 + random.nextInt(3000);

            assertThat(fragmenter.begin(Memory.parsed(Memory.of(packet)), mtu)).isTrue();

            List<byte[]> fragments = fragments();
            assertThat(reassembled(fragments))
                    .as("seed %d, round %d, MTU %d", seed, round, mtu)
                    .isEqualTo(Arrays.copyOfRange(packet, 20, packet.length));
            assertThat(fragments).allSatisfy(fragment -> {
                assertThat(fragment.length).isLessThanOrEqualTo(mtu);
                assertThat(PlainChecksum.sum(fragment, 0, 20)).isEqualTo(Checksum.WHOLE);
                assertThat(fragment).startsWith(new byte[] {0x45, 0});
            });
        }
    }

    private List<byte[]> fragments() {
        List<byte[]> fragments = new ArrayList<>();
        for (int i = 0; i < fragmenter.fragments(); i++) {
            int length = fragmenter.write(i, out, 5);
            fragments.add(Memory.octets(out, 5, length));
        }
        return fragments;
    }

    /** The data, put together by offset; each fragment but the last has MF. */
    private static byte[] reassembled(List<byte[]> fragments) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte[] fragment : fragments) {
            IpHeader header = Memory.parsed(Memory.of(fragment));
            int flagsAndOffset = ByteBuffer.wrap(fragment).getShort(6);
            assertThat((flagsAndOffset & 0x1fff) * 8).isEqualTo(data.size());
            assertThat((flagsAndOffset & 0x2000) != 0).isEqualTo(fragment != fragments.getLast());
            assertThat(header.totalLength()).isEqualTo(fragment.length);
            data.write(fragment, header.headerLength(), fragment.length - header.headerLength());
        }
        return data.toByteArray();
    }
}
