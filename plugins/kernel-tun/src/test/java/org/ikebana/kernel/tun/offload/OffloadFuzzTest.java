package org.ikebana.kernel.tun.offload;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class OffloadFuzzTest {
    @MethodSource("frames")
    @FuzzTest(maxDuration = "2m")
    void anyFrameIsTakenApartOrRefused(byte[] frame) {
        new HostileFrame().segment(frame);
    }

    @MethodSource("frames")
    @FuzzTest(maxDuration = "2m")
    void anyTwoPacketsComeOut(byte[] octets) {
        HostileFrame frame = new HostileFrame();
        int middle = octets.length / 2;
        frame.coalesce(Arrays.copyOf(octets, middle));
        frame.coalesce(Arrays.copyOfRange(octets, middle, octets.length));
        frame.flush();
    }

    static Stream<byte[]> frames() {
        return Stream.of(
                new byte[0],
                Frames.gso(TestPacket.tcp(4, 100), 40),
                Frames.gso(TestPacket.tcp(6, 100), 40),
                Frames.gso(TestPacket.udp(4, 100), 40),
                Frames.gso(TestPacket.udp(6, 100), 40),
                Frames.needsChecksum(TestPacket.tcp(4, 30)),
                Frames.plain(TestPacket.udp(6, 30).octets()));
    }
}
