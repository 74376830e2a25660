package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;

class HostileFrameTest {
    private static final long SEED = 20261204;
    private static final int ROUNDS = 100_000;
    private static final List<byte[]> FRAMES = List.of(
            Frames.gso(TestPacket.tcp(4, 300), 100),
            Frames.gso(TestPacket.tcp(6, 300), 100),
            Frames.gso(TestPacket.udp(4, 300), 100),
            Frames.gso(TestPacket.udp(6, 300), 100),
            Frames.needsChecksum(TestPacket.tcp(4, 30)),
            Frames.plain(TestPacket.udp(6, 30).octets()));

    private final Random random = new Random(SEED);
    private final HostileFrame frame = new HostileFrame();

    @Test
    void surviveNoise() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = new byte[random.nextInt(120)];
            random.nextBytes(octets);
            if (octets.length > 10) {
                octets[1] = (byte) random.nextInt(6);
                octets[10] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
            }
            frame.segment(octets);
            frame.coalesce(octets);
        }
        frame.flush();
    }

    @Test
    void surviveDamagedFrames() {
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = FRAMES.get(random.nextInt(FRAMES.size())).clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                octets[random.nextInt(Math.min(octets.length, 80))] = (byte) random.nextInt(256);
            }
            taken += frame.segment(Arrays.copyOf(octets, octets.length - random.nextInt(3) / 2)) ? 1 : 0;
            frame.coalesce(Arrays.copyOfRange(octets, 10, octets.length));
        }
        frame.flush();
        assertThat(taken).as("taken all the same, seed %d", SEED).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }
}
