package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostilePacketTest {
    private static final long SEED = 20261207;
    private static final int ROUNDS = 100_000;
    private static final List<byte[]> PACKETS = List.of(
            TestPacket.tcp(4, 100).octets(),
            TestPacket.tcp(6, 100).octets(),
            TestPacket.tcp(4, 0)
                    .withOptions("020405b40402010303070000")
                    .withFlags(TestPacket.SYN)
                    .octets(),
            TestPacket.tcp(6, 0)
                    .withOptions("01020405b4010101")
                    .withFlags(TestPacket.SYN)
                    .octets(),
            TestPacket.udp(4, 200).withIp(0, 64, false).octets());

    private final Random random = new Random(SEED);
    private final HostilePacket packet = new HostilePacket();

    @Test
    void survivesNoise() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = new byte[random.nextInt(150)];
            random.nextBytes(octets);
            if (octets.length > 6) {
                boolean isIpv4 = random.nextBoolean();
                octets[0] = (byte) (isIpv4 ? 0x40 | random.nextInt(16) : 0x60);
                octets[2] = isIpv4 ? 0 : octets[2];
                octets[4] = isIpv4 ? octets[4] : 0;
                octets[6] = isIpv4 ? (byte) (random.nextInt(4) << 5) : extension();
            }
            packet.use(octets, random.nextInt(120));
        }
    }

    private byte extension() {
        int[] extensions = {0, 6, 17, 43, 44, 58, 60};
        return (byte) extensions[random.nextInt(extensions.length)];
    }

    @Test
    void survivesDamagedPackets() {
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = PACKETS.get(random.nextInt(PACKETS.size())).clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                octets[random.nextInt(Math.min(octets.length, 80))] = (byte) random.nextInt(256);
            }
            taken += packet.use(octets, 60 + random.nextInt(100)) ? 1 : 0;
        }
        assertThat(taken).as("taken all the same, seed %d", SEED).isBetween(ROUNDS / 10, ROUNDS * 99 / 100);
    }
}
