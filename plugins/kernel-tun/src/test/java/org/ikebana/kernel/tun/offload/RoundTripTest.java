package org.ikebana.kernel.tun.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;

/** What one host sent as one frame and the other gets as one frame is the same frame. */
class RoundTripTest {
    private static final long SEED = 20261203;
    private static final int ROUNDS = 1_000;

    private final Random random = new Random(SEED);
    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer = new Coalescer(true);
    private final ByteBuffer packet = ByteBuffer.allocateDirect(65_535);

    @Test
    void putsTogetherWhatWasTakenApart() {
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> sent = frames(1 + random.nextInt(3));

            assertThat(received(sent)).as("seed %d, round %d", SEED, round).containsExactlyElementsOf(sent);
        }
    }

    /** Of one flow each. */
    private List<byte[]> frames(int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int version = random.nextBoolean() ? 4 : 6;
            int gsoSize = 1 + random.nextInt(1460);
            boolean isTcp = random.nextBoolean();
            int most = isTcp ? 65_535 - 80 : Math.min(65_535 - 48, gsoSize * FlowFrame.MAX_DATAGRAMS);
            int length = random.nextInt(Math.min(gsoSize + 1, most - 1), most);
            TestPacket packet = isTcp ? TestPacket.tcp(version, length) : TestPacket.udp(version, length);
            frames.add(Frames.gso(varied(packet).withPorts(1000 + i, random.nextInt(0x10000)), gsoSize));
        }
        return frames;
    }

    private TestPacket varied(TestPacket packet) {
        TestPacket varied = packet.withIp(random.nextInt(256), 1 + random.nextInt(255), random.nextBoolean())
                .withSequence(random.nextInt(), random.nextInt(0x10000));
        if (packet.protocol() == 6) {
            varied = varied.withFlags(random.nextBoolean() ? TestPacket.ACK : TestPacket.ACK | TestPacket.PSH)
                    .withOptions(random.nextBoolean() ? "" : TestPacket.TIMESTAMPS);
        }
        return varied;
    }

    private List<byte[]> received(List<byte[]> sent) {
        List<byte[]> received = new ArrayList<>();
        for (byte[] frame : sent) {
            assertThat(segmenter.begin(Memory.of(frame), 0, frame.length)).isTrue();
            for (int i = 0; i < segmenter.segments(); i++) {
                int length = segmenter.write(i, packet, 0);
                while (!coalescer.add(packet, 0, length)) {
                    write(received);
                }
            }
        }
        while (!coalescer.isEmpty()) {
            write(received);
        }
        return received;
    }

    private void write(List<byte[]> received) {
        received.add(Memory.octets(coalescer.frame(), 0, coalescer.frameLength()));
        coalescer.reset();
    }
}
