package org.ikebana.kernel.tun.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Packets that look like ESP, one behind the other: random octets from a seed, behind an SPI that counts. */
record Run(ByteBuffer memory, int length, int segment) {
    private static final int FIRST_SPI = 0xc000_0001;

    static Run of(int length, int segment, long seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        ByteBuffer memory = ByteBuffer.allocateDirect(length).put(0, octets);
        for (int i = 0; i * segment + Integer.BYTES <= length; i++) {
            memory.putInt(i * segment, FIRST_SPI + i);
        }
        return new Run(memory, length, segment);
    }

    int packets() {
        return (length + segment - 1) / segment;
    }

    byte[] packet(int i) {
        byte[] octets = new byte[Math.min(segment, length - i * segment)];
        memory.get(i * segment, octets);
        return octets;
    }

    void sendBy(EspSender sender, EspPath path, int trafficClass) {
        sender.add(path, trafficClass, memory, 0, length, segment);
        sender.flush();
    }

    /** All packets come, in order, and nothing else before them. */
    void expectAt(Plane plane) throws InterruptedException {
        for (int i = 0; i < packets(); i++) {
            byte[] octets = plane.take().octets();
            assertThat(Arrays.equals(octets, packet(i)))
                    .as("packet %d of %d as it was sent", i, packets())
                    .isTrue();
        }
    }
}
