package org.ikebana.kernel.tun.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class PacketFuzzTest {
    private static final int MTU = 100;

    @MethodSource("packets")
    @FuzzTest(maxDuration = "2m")
    void anyPacketIsTakenOrRefused(byte[] octets) {
        new HostilePacket().use(octets, MTU);
    }

    static Stream<byte[]> packets() {
        return Stream.of(
                new byte[0],
                TestPacket.tcp(4, 100).octets(),
                TestPacket.tcp(6, 100).octets(),
                TestPacket.tcp(6, 0)
                        .withOptions("01020405b4010101")
                        .withFlags(TestPacket.SYN)
                        .octets(),
                TestPacket.udp(4, 300).withIp(0, 64, false).octets());
    }
}
